package io.jenkins.plugins.rollback.engine.metrics;

/**
 * How a metric server is reached.
 *
 * @param credentials who asks
 * @param limits how long we wait for an answer, and how long it may be
 * @param rate how often we ask
 * @param proxy by which way
 */
public record ServerAccess(MetricCredentials credentials, HttpLimits limits, RequestRate rate, HttpProxy proxy) {

    /** As often as needed, by the way that the JVM's settings say. */
    public static ServerAccess of(MetricCredentials credentials, HttpLimits limits) {
        return new ServerAccess(credentials, limits, RequestRate.unlimited(), HttpProxy.OF_THE_JVM);
    }

    /** The same way for a request that carries no secret of the server, such as one for a token. */
    public ServerAccess anonymous() {
        return new ServerAccess(MetricCredentials.NONE, limits, rate, proxy);
    }
}
