package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.DelayedSource;
import io.jenkins.plugins.rollback.engine.metrics.HttpPage;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricUrls;
import io.jenkins.plugins.rollback.engine.metrics.PrometheusSource;
import io.jenkins.plugins.rollback.engine.metrics.RequestSigner;
import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import java.time.Clock;
import okhttp3.HttpUrl;

/** Makes a metric server of what administrators say of it. */
public final class MetricServers {

    private final ServerSettings settings;
    private final ServerAccess access;
    private final Clock clock;

    private MetricServers(ServerSettings settings, ServerAccess access, Clock clock) {
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    /**
     * The source; nothing is asked yet.
     *
     * @param clock what signatures and tokens are dated with
     * @throws IllegalArgumentException when the settings do not go together
     */
    public static MetricSource make(ServerSettings settings, ServerAccess access, Clock clock) {
        boolean scope = settings.scope() != null;
        if (settings.kind().scope() == ServerKind.Scope.REQUIRED && !scope) {
            throw new IllegalArgumentException(
                    "a metric server of kind " + settings.kind().word() + " needs a scope");
        }
        if (settings.kind().scope() == ServerKind.Scope.NONE && scope) {
            throw new IllegalArgumentException(
                    "a metric server of kind " + settings.kind().word() + " has no scope");
        }
        MetricSource source = new MetricServers(settings, access, clock).make();
        return settings.delay().isZero() ? source : new DelayedSource(source, settings.delay());
    }

    private MetricSource make() {
        String id = settings.id();
        if (settings.kind() == ServerKind.SCRAPE) {
            return new ScrapeSource(id, settings.pages(), access);
        }
        String url = settings.pages().get(0).url();
        HttpUrl base = MetricUrls.parse(id, url);
        String scope = settings.scope();
        return switch (settings.kind()) {
            case PROMETHEUS -> new PrometheusSource(id, url, scope, access, RequestSigner.AUTHORIZATION);
            case GOOGLE -> new PrometheusSource(
                    id,
                    base.newBuilder()
                            .addPathSegments("v1/projects")
                            .addPathSegment(scope)
                            .addPathSegments("location/global/prometheus")
                            .toString(),
                    null,
                    access,
                    new GoogleToken(id, access, clock));
            case GRAPHITE -> new SeriesSource(
                    id,
                    new GraphiteApi(json("Graphite", RequestSigner.AUTHORIZATION, JsonServer.Errors.BY_STATUS), base));
            case INFLUXQL -> new SeriesSource(
                    id,
                    new InfluxQlApi(
                            json("InfluxDB", RequestSigner.scheme("Token"), InfluxQlApi::trouble), base, scope));
            case FLUX -> new SeriesSource(
                    id, new FluxApi(json("InfluxDB", RequestSigner.scheme("Token"), FluxApi::trouble), base, scope));
            case DATADOG -> new SeriesSource(
                    id, new DatadogApi(json("Datadog", DatadogApi::sign, DatadogApi::trouble), base, clock));
            case NEWRELIC -> new SeriesSource(
                    id,
                    new NewRelicApi(
                            json("New Relic", RequestSigner.header("Api-Key"), NewRelicApi::trouble),
                            base,
                            scope,
                            clock));
            case CLOUDWATCH -> new SeriesSource(
                    id,
                    new CloudWatchApi(
                            json("CloudWatch", new AwsSignature(scope, "monitoring", clock), CloudWatchApi::trouble),
                            base,
                            clock));
            case DYNATRACE -> new SeriesSource(
                    id,
                    new DynatraceApi(
                            json("Dynatrace", RequestSigner.scheme("Api-Token"), DynatraceApi::trouble), base, clock));
            case JSON -> new SeriesSource(
                    id,
                    new JsonApi(
                            json("this server", RequestSigner.AUTHORIZATION, JsonServer.Errors.BY_STATUS),
                            base,
                            settings.places(),
                            clock));
            case SCRAPE -> throw new IllegalStateException("made above");
        };
    }

    private JsonServer json(String product, RequestSigner signer, JsonServer.Errors errors) {
        return new JsonServer(settings.id(), product, new HttpPage(settings.id(), access, signer), errors);
    }
}
