package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Fetches pages from a metric server: with timeouts, a size limit, a rate limit and credentials, by the right proxy, and
 * without following redirects (a redirect would carry the credentials to a place that no administrator named). TLS
 * certificates are checked against the JVM's trust store.
 */
public final class HttpPage {

    /** One pool of connections for all metric servers; clients derived from it share its resources. */
    private static final OkHttpClient SHARED = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .build();

    private final String serverId;
    private final ServerAccess access;
    private final RequestSigner signer;
    private final OkHttpClient client;

    /**
     * @param serverId names the server in messages
     * @param signer how it wants to see the secret
     */
    public HttpPage(String serverId, ServerAccess access, RequestSigner signer) {
        this.serverId = serverId;
        this.access = access;
        this.signer = signer;
        HttpLimits limits = access.limits();
        client = SHARED.newBuilder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.read())
                .writeTimeout(limits.read())
                .callTimeout(limits.whole())
                .proxySelector(new ProxyChoice(access.proxy()))
                .proxyAuthenticator(ProxyChoice.authenticator(access.proxy()))
                .build();
    }

    /** Fetches the page of this address. */
    public HttpAnswer get(HttpUrl url, String accept) throws MetricException, InterruptedException {
        return send(new Request.Builder().url(url).header("Accept", accept).build());
    }

    /**
     * Sends a request, when its turn has come.
     *
     * @throws MetricException when there is no answer, or one that is too long; an answer of any status is returned
     * @throws InterruptedException when the thread was interrupted
     */
    public HttpAnswer send(Request request) throws MetricException, InterruptedException {
        Duration tooLong = access.rate().await(access.limits().whole());
        if (tooLong != null) {
            throw new MetricException(
                    "metric server '" + serverId + "' was not asked: that is allowed again only in "
                            + (tooLong.toSeconds() + 1) + " s",
                    tooLong);
        }
        MetricSecret secret;
        Request signed;
        try {
            secret = access.credentials().read();
            signed = secret == null ? request : signer.sign(request, secret);
        } catch (MetricException e) {
            throw e;
        } catch (IOException e) {
            throw new MetricException(
                    "metric server '" + serverId + "': its credentials cannot be read: " + e.getMessage(), false, e);
        }
        try (Response response = client.newCall(signed).execute()) {
            HttpAnswer answer = new HttpAnswer(
                    response.code(), type(response), body(response), response.headers(), new Masking(secret, signed));
            if (answer.isPassing() && !answer.retryAfter().isZero()) {
                access.rate().close(answer.retryAfter());
            }
            return answer;
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
        long most = access.limits().maxBytes();
        if (source.request(most + 1)) {
            throw new MetricException(
                    "metric server '" + serverId + "' answered HTTP " + response.code() + " with more than " + most
                            + " bytes",
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
    public static String excerpt(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }
}
