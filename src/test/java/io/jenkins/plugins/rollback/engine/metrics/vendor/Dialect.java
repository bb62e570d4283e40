package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.time.Instant;
import java.util.List;
import okhttp3.mockwebserver.RecordedRequest;

/** What one vendor's server says on the wire, after its public documentation. */
interface Dialect {

    /** A point: the start of its minute, and its value as JSON has it ({@code null} among them). */
    record Dot(Instant minute, String value) {}

    ServerKind kind();

    default String scope() {
        return null;
    }

    default JsonPlaces places() {
        return null;
    }

    /** What follows the server's address in the configuration. */
    default String path() {
        return "";
    }

    default MetricSecret secret(String tokenUrl) {
        return new MetricSecret(null, "s3cret-token");
    }

    default String query() {
        return "errors{track=\"canary\"}";
    }

    /** An answer with one series for each list; they differ in a label with the values pod-1, pod-2... */
    String answer(List<List<Dot>> series);

    /** The body of a refusal. */
    String error(String sentence);

    /** An error within HTTP 200, or {@code null} where there is no such thing. */
    default String errorWithin200(String sentence) {
        return null;
    }

    /** Whether a missing value can be written as null. */
    default boolean knowsNull() {
        return true;
    }

    /** JSON or the like that is no answer of this vendor. */
    default List<String> strange() {
        return List.of("{}", "17", "{\"data\":3}");
    }

    /** The request for one minute. */
    void check(RecordedRequest request, Instant from, Instant to);
}
