package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A URL that takes the note by PUT and gives it back by GET: any web server or object store that does so. Redirects are
 * not followed, for they would carry the credentials elsewhere.
 */
public final class HttpWitness implements Witness {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** A note has a few hundred bytes; with a dozen witnesses' signatures still not so many. */
    private static final int MOST = 16_384;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI url;
    private final Headers headers;

    /**
     * @param url http or https, without credentials in it
     * @param headers asked for at each request, for example {@code Authorization}; they appear in no message
     */
    public HttpWitness(URI url, Headers headers) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("a witness's URL is http or https, with a host and without a password");
        }
        this.url = url;
        this.headers = headers;
    }

    @Override
    public String name() {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath(); // a query may hold a token
    }

    @Override
    public Optional<String> last() throws IOException {
        HttpResponse<InputStream> response = send(request().GET().build());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 404 || response.statusCode() == 410) {
                return Optional.empty();
            }
            requireSuccess(response.statusCode());
            byte[] note = body.readNBytes(MOST + 1);
            if (note.length > MOST) {
                throw new IOException(name() + " answers with more than a checkpoint");
            }
            return Optional.of(new String(note, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void keep(String note) throws IOException {
        HttpResponse<InputStream> response = send(request()
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(HttpRequest.BodyPublishers.ofString(note))
                .build());
        response.body().close();
        requireSuccess(response.statusCode());
    }

    private HttpRequest.Builder request() throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
        headers.get().forEach(request::setHeader);
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name() + ": interrupted", e);
        }
    }

    private void requireSuccess(int status) throws IOException {
        if (status / 100 != 2) {
            throw new IOException(name() + " answers " + status);
        }
    }
}
