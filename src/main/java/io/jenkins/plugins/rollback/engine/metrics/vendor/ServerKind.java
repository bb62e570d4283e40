package io.jenkins.plugins.rollback.engine.metrics.vendor;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of metric servers that administrators can define. */
public enum ServerKind {
    /** Prometheus' HTTP API, also of VictoriaMetrics, Thanos and Mimir; the scope is a tenant. */
    PROMETHEUS(Scope.OPTIONAL),
    /** Pages in Prometheus' text format, read directly. */
    SCRAPE(Scope.NONE),
    /** Graphite's render API. */
    GRAPHITE(Scope.NONE),
    /** InfluxDB 1, InfluxQL; the scope is a database. */
    INFLUXQL(Scope.REQUIRED),
    /** InfluxDB 2, Flux; the scope is an organization. */
    FLUX(Scope.REQUIRED),
    /** Datadog. */
    DATADOG(Scope.NONE),
    /** New Relic, NRQL; the scope is an account's number. */
    NEWRELIC(Scope.REQUIRED),
    /** Amazon CloudWatch; the scope is a region. */
    CLOUDWATCH(Scope.REQUIRED),
    /** Google Cloud Monitoring, PromQL; the scope is a project. */
    GOOGLE(Scope.REQUIRED),
    /** Dynatrace. */
    DYNATRACE(Scope.NONE),
    /** Any server that answers JSON. */
    JSON(Scope.NONE);

    /** Whether a server's data are divided into parts of which one must, or may, be named. */
    public enum Scope {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private final Scope scope;

    ServerKind(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    /** As configurations write it: {@code cloudwatch}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that is written like this. */
    public static Optional<ServerKind> of(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** All words, for messages. */
    public static String words() {
        return Stream.of(values()).map(ServerKind::word).collect(Collectors.joining(", "));
    }
}
