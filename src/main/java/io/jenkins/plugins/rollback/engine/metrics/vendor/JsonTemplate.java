package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * An address, and a body where there is one, with gaps: {@code $query}; {@code $from} and {@code $to} in seconds since 1970,
 * {@code $fromMillis} and {@code $toMillis}; {@code $step} in seconds. The host has none.
 */
final class JsonTemplate {

    private static final Pattern GAP = Pattern.compile("\\$(query|fromMillis|toMillis|from|to|step)\\b");

    private final HttpUrl address;
    private final String body;

    /** @param body {@code null} for GET */
    JsonTemplate(HttpUrl address, String body) {
        this.address = address;
        this.body = body;
        if (!has("query")) {
            throw new IllegalArgumentException("$query stands neither in the address nor in the body");
        }
    }

    /** Whether the server is told which time we ask about. */
    boolean hasTime() {
        return has("to|toMillis|from|fromMillis");
    }

    private boolean has(String gap) {
        Pattern pattern = Pattern.compile("\\$(" + gap + ")\\b");
        return pattern.matcher(address.encodedPath()).find()
                || address.encodedQuery() != null
                        && pattern.matcher(address.encodedQuery()).find()
                || body != null && pattern.matcher(body).find();
    }

    /** @throws IllegalArgumentException when the query would lead to another path */
    Request fill(String query, Instant from, Instant to, Duration step) {
        Map<String, String> values = Map.of(
                "query", query,
                "from", Long.toString(from.getEpochSecond()),
                "to", Long.toString(to.getEpochSecond()),
                "fromMillis", Long.toString(from.toEpochMilli()),
                "toMillis", Long.toString(to.toEpochMilli()),
                "step", Long.toString(step.toSeconds()));
        String path = fill(address.encodedPath(), values, Percent::encode);
        HttpUrl.Builder url = address.newBuilder().encodedPath(path);
        if (address.encodedQuery() != null) {
            url.encodedQuery(fill(address.encodedQuery(), values, Percent::encode));
        }
        HttpUrl filled = url.build();
        if (!filled.encodedPath().equals(path)) { // "..", which is not encoded
            throw new IllegalArgumentException("the query is no part of a path: " + query);
        }
        return body == null
                ? new Request.Builder()
                        .url(filled)
                        .header("Accept", "application/json")
                        .build()
                : Requests.post(filled, fill(body, values, JsonTemplate::withinQuotes), "application/json");
    }

    /** All gaps at once, so that what is filled in is never searched for gaps itself. */
    private static String fill(String text, Map<String, String> values, UnaryOperator<String> encoding) {
        return GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(encoding.apply(values.get(gap.group(1)))));
    }

    /** As it may stand between the quotes of a JSON text. */
    private static String withinQuotes(String text) {
        String quoted = JsonServer.JSON.getNodeFactory().textNode(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }
}
