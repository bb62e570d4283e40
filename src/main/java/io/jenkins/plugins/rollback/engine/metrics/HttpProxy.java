package io.jenkins.plugins.rollback.engine.metrics;

import java.net.Proxy;

/** Which proxy leads to a host. Asked anew for every connection. Thread safe. */
public interface HttpProxy {

    /** As the JVM's own settings say. */
    HttpProxy OF_THE_JVM = new HttpProxy() {
        @Override
        public Proxy towards(String host) {
            return null;
        }

        @Override
        public MetricSecret secret() {
            return null;
        }
    };

    /** The proxy, {@link Proxy#NO_PROXY} for a direct connection, or {@code null} for what the JVM's settings say. */
    Proxy towards(String host);

    /** User and password for the proxy, or {@code null} when it wants none. */
    MetricSecret secret();
}
