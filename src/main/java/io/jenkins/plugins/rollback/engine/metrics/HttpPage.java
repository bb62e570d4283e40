package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Fetches one page from a metric server: with timeouts, a size limit and credentials, and without following redirects
 * (a redirect would carry the credentials to a place that no administrator named).
 */
final class HttpPage {

    /** One pool of connections for all metric servers; clients derived from it share its resources. */
    private static final OkHttpClient SHARED = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .build();

    private final String serverId;
    private final MetricCredentials credentials;
    private final HttpLimits limits;
    private final OkHttpClient client;

    HttpPage(String serverId, MetricCredentials credentials, HttpLimits limits) {
        this.serverId = serverId;
        this.credentials = credentials;
        this.limits = limits;
        client = SHARED.newBuilder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.read())
                .writeTimeout(limits.read())
                .callTimeout(limits.whole())
                .build();
    }

    /** What came back; the body is complete and within the limit. */
    record Answer(int status, String type, String body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether trying again later can help: an overloaded server or gateway, or one that asks to slow down. */
        boolean isPassing() {
            return status >= 500 || status == 429 || status == 408;
        }

        boolean looksLikeHtml() {
            String start = body.stripLeading();
            return type.contains("html") || start.startsWith("<");
        }
    }

    Answer get(HttpUrl url, String accept) throws MetricException, InterruptedException {
        Request.Builder request = new Request.Builder().url(url).header("Accept", accept);
        String authorization;
        try {
            authorization = credentials.authorization();
        } catch (IOException e) {
            throw new MetricException(
                    "metric server '" + serverId + "': its credentials cannot be read: " + e.getMessage(), false, e);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try (Response response = client.newCall(request.build()).execute()) {
            return new Answer(response.code(), type(response), body(response));
        } catch (MetricException e) {
            throw e;
        } catch (IOException e) {
            // okio reports an interrupted thread as an InterruptedIOException and keeps the thread's flag
            if (Thread.interrupted()) {
                throw new InterruptedException("while asking metric server '" + serverId + "'");
            }
            throw new MetricException("metric server '" + serverId + "' gave no answer: " + describe(e), true, e);
        }
    }

    private static String type(Response response) {
        MediaType type = response.body() == null ? null : response.body().contentType();
        return type == null ? "" : type.toString();
    }

    private String body(Response response) throws IOException {
        if (response.body() == null) {
            return "";
        }
        BufferedSource source = response.body().source();
        if (source.request(limits.maxBytes() + 1)) {
            throw new MetricException(
                    "metric server '" + serverId + "' answered HTTP " + response.code() + " with more than "
                            + limits.maxBytes() + " bytes",
                    false,
                    null);
        }
        return source.readString(StandardCharsets.UTF_8);
    }

    private static String describe(IOException e) {
        if (e instanceof java.net.UnknownHostException) {
            return "its host name is not known";
        }
        if (e instanceof java.net.SocketTimeoutException || e instanceof java.io.InterruptedIOException) {
            return "timeout";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** A foreign text made fit for a message: one line, printable, not long. */
    static String excerpt(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }
}
