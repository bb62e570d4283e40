package io.jenkins.plugins.rollback.engine.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import okhttp3.Request;

/**
 * A server that answers JSON, or at least its errors as JSON: tells an answer from a refusal, a page for people from data,
 * and quotes the server's own words. One place for what all vendors have in common.
 */
public final class JsonServer {

    /** Some servers write NaN and Infinity as they are. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Where one vendor writes its errors. */
    @FunctionalInterface
    public interface Errors {

        /** Nowhere: the HTTP status alone tells an error. */
        Errors BY_STATUS = body -> null;

        /** What is wrong according to this body, or {@code null} when it is no error. */
        Trouble in(JsonNode body);
    }

    /**
     * An error in the server's words.
     *
     * @param kind the vendor's name of it, or an empty text
     * @param text its sentence, or an empty text
     * @param passing whether asking again later can help, whatever the HTTP status
     */
    public record Trouble(String kind, String text, boolean passing) {

        public static Trouble of(String text) {
            return new Trouble("", text, false);
        }
    }

    private final String id;
    private final String product;
    private final HttpPage http;
    private final Errors errors;

    /** @param product for messages: {@code "where Prometheus answers JSON"} */
    public JsonServer(String id, String product, HttpPage http, Errors errors) {
        this.id = id;
        this.product = product;
        this.http = http;
        this.errors = errors;
    }

    /** What analysis files call it. */
    public String id() {
        return id;
    }

    /** {@code metric server 'prom' answered HTTP 200}: how messages begin. */
    public String said(HttpAnswer answer) {
        return "metric server '" + id + "' answered HTTP " + answer.status();
    }

    /** The body of a successful answer that is no error. */
    public JsonNode json(Request request) throws MetricException, InterruptedException {
        HttpAnswer answer = http.send(request);
        JsonNode body = parse(answer);
        if (body == null) {
            throw refused(answer, "JSON");
        }
        check(answer, body);
        return body;
    }

    /** A successful answer of another format; errors may still be JSON. */
    public HttpAnswer text(Request request, String format) throws MetricException, InterruptedException {
        HttpAnswer answer = http.send(request);
        if (!answer.isSuccess()) {
            JsonNode body = parse(answer);
            if (body == null) {
                throw refused(answer, format);
            }
            check(answer, body);
        }
        if (answer.looksLikeHtml()) {
            throw refused(answer, format);
        }
        return answer;
    }

    private void check(HttpAnswer answer, JsonNode body) throws MetricException {
        Trouble trouble = errors.in(body);
        if (trouble == null && answer.isSuccess()) {
            return;
        }
        if (trouble == null) {
            trouble = usual(body);
        }
        String text = said(answer)
                + (trouble.kind().isEmpty() ? "" : " (" + answer.quote(trouble.kind()) + ")")
                + (trouble.text().isEmpty() ? "" : ": " + answer.quote(trouble.text()));
        throw problem(text, answer, answer.isPassing() || trouble.passing());
    }

    /** Of a refusal in a form that the vendor does not describe: what most of them, and gateways before them, write. */
    private static Trouble usual(JsonNode body) {
        for (String field : new String[] {"error", "errors", "message"}) {
            if (body.has(field)) {
                JsonNode error = body.get(field);
                return Trouble.of(error.isTextual() ? error.textValue() : error.toString());
            }
        }
        return Trouble.of("");
    }

    /** Not the parser's message: it would quote the page. */
    private MetricException refused(HttpAnswer answer, String format) {
        String what = answer.looksLikeHtml() ? "an HTML page" : "something that is not " + format;
        String text = said(answer)
                + switch (answer.status()) {
                    case 401, 403 -> ": the credentials are refused, or may not ask this";
                    case 429 -> ": too many requests";
                    default -> " with " + what + " where " + product + " answers " + format;
                };
        return problem(text, answer, answer.isSuccess() || answer.isPassing());
    }

    private static MetricException problem(String text, HttpAnswer answer, boolean retryable) {
        return retryable ? new MetricException(text, answer.retryAfter()) : new MetricException(text, false, null);
    }

    /** The body as JSON, or {@code null}. */
    private static JsonNode parse(HttpAnswer answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body == null || body instanceof MissingNode ? null : body;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** JSON of a shape that this product does not answer. */
    public MetricException strange() {
        return new MetricException(
                "metric server '" + id + "' answered HTTP 200 with JSON that is no answer of " + product, true, null);
    }

    /** A number, also when it is written as text, or {@code null} where there is none. */
    public Double number(JsonNode value) throws MetricException {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return number(value.isTextual() ? value.textValue() : value.toString());
    }

    /** A number as Prometheus and Go write it. */
    public double number(String text) throws MetricException {
        try {
            return PrometheusNumbers.parse(text);
        } catch (NumberFormatException e) {
            throw new MetricException(
                    "metric server '" + id + "' answered HTTP 200 with the value '" + HttpPage.excerpt(text)
                            + "', which is no number",
                    true,
                    null);
        }
    }
}
