package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.util.Date;
import okhttp3.Headers;

/**
 * What a metric server sent back.
 *
 * @param type the content type, or an empty text
 * @param body complete and within the limit
 * @param masking what must not be quoted from it
 */
public record HttpAnswer(int status, String type, String body, Headers headers, Masking masking) {

    /** Whether the status is of the 2xx family. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether trying again later can help: an overloaded server or gateway, or one that asks to slow down. */
    public boolean isPassing() {
        return status >= 500 || status == 429 || status == 408;
    }

    /** Whether it is a page for people: a login form, a proxy's complaint. */
    public boolean looksLikeHtml() {
        String start = body.stripLeading();
        return type.contains("html") || start.startsWith("<");
    }

    /** A part of the answer made fit for a message; a secret that the server repeats is taken out. */
    public String quote(String text) {
        return HttpPage.excerpt(masking.apply(text));
    }

    /**
     * How long the server wants to be left alone; zero when it does not say. {@code Retry-After} is in seconds or a date
     * (RFC 9110, 10.2.3); Datadog says the seconds in {@code X-RateLimit-Reset} instead, where others send a time, which is
     * far too large for seconds.
     */
    public Duration retryAfter() {
        String after = headers.get("Retry-After");
        if (after == null) {
            String reset = headers.get("X-RateLimit-Reset");
            return status == 429 && reset != null && reset.matches("\\d{1,5}")
                    ? Duration.ofSeconds(Long.parseLong(reset))
                    : Duration.ZERO;
        }
        if (after.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        // against the server's own clock, which need not be ours
        Date now = headers.getDate("Date");
        Date then = headers.getDate("Retry-After");
        return now == null || then == null || then.before(now)
                ? Duration.ZERO
                : Duration.between(now.toInstant(), then.toInstant());
    }
}
