package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.jayway.jsonpath.JsonPath;
import io.jenkins.plugins.rollback.engine.model.JsonPaths;

/**
 * Where a query goes to and values come from, on a server that has no API of its own here.
 *
 * @param body sent by POST, with {@code $query} and the others in it; {@code null} for GET
 * @param values a JSONPath that leads to one value or a list
 * @param times a JSONPath that leads to as many times, or {@code null} when the answer has none
 */
public record JsonPlaces(String body, JsonPath values, JsonPath times) {

    /**
     * As an administrator typed them.
     *
     * @param body may be empty
     * @param times may be empty
     * @throws IllegalArgumentException when a path is none
     */
    public static JsonPlaces of(String body, String values, String times) {
        if (isEmpty(values)) {
            throw new IllegalArgumentException("say by a JSONPath where the values stand");
        }
        return new JsonPlaces(
                isEmpty(body) ? null : body,
                JsonPaths.compile("the path of values", values),
                isEmpty(times) ? null : JsonPaths.compile("the path of times", times));
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isBlank();
    }
}
