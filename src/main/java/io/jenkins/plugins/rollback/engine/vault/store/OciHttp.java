package io.jenkins.plugins.rollback.engine.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.rollback.engine.model.Printable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Exchanges with a registry: who we are, timeouts, and its refusals in one line. */
final class OciHttp implements Closeable {

    static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FULL = 507;
    /** Milliseconds before a question is put again, and the longest such time: six questions in 3 seconds. */
    private static final long FIRST_PAUSE = 100;

    private static final long LAST_PAUSE = 1600;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST_ERROR = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String store;
    private final StoreSecret.Reader secrets;
    private final HttpUrl registry;
    private final OkHttpClient client;
    private final OciAuth auth;

    OciHttp(String store, OciSettings settings, StoreSecret.Reader secrets) {
        this.store = store;
        this.secrets = secrets;
        registry = HttpUrl.get(settings.registry());
        // redirects are followed, as registries send readers to their own storage; a password does not go along
        client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(settings.patience())
                .writeTimeout(settings.patience())
                .build();
        auth = new OciAuth(store, registry, secrets, client);
    }

    /** Address of {@code path} below the registry's {@code /v2/}. */
    HttpUrl url(String path) {
        return registry.newBuilder().addPathSegment("v2").addPathSegments(path).build();
    }

    /**
     * Where a registry says that something goes on.
     *
     * @throws StoreException when that is another server, which must not get our credentials
     */
    HttpUrl next(Response response, String location) throws StoreException {
        HttpUrl next = location == null ? null : response.request().url().resolve(location);
        if (next == null
                || !next.host().equals(registry.host())
                || next.port() != registry.port()
                || next.isHttps() != registry.isHttps()) {
            throw new StoreException(store, "it sends us on to another server, or nowhere");
        }
        return next;
    }

    /**
     * Sends a request, again with an answer when the registry asks who we are.
     *
     * @param repository to which the request belongs
     * @return an answer of any status but 401, to be closed
     */
    Response send(String repository, Request request) throws IOException {
        try {
            Response first = once(request, auth.known(repository));
            if (first.code() != UNAUTHORIZED) {
                return first;
            }
            String answer;
            try (first) {
                answer = auth.answer(repository, first);
            }
            Response second = answer == null ? null : once(request, answer);
            if (second == null || second.code() == UNAUTHORIZED) {
                if (second != null) {
                    second.close();
                }
                throw new StoreException(store, "it answered HTTP 401: the credentials are refused, or missing");
            }
            return second;
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(store, StoreException.reason(e), e);
        }
    }

    private Response once(Request request, String authorization) throws IOException {
        Request sent = authorization == null
                ? request
                : request.newBuilder().header("Authorization", authorization).build();
        for (long pause = FIRST_PAUSE; ; pause *= 2) {
            Response response = client.newCall(sent).execute();
            if (pause > LAST_PAUSE || !mayPass(sent, response.code())) {
                return response;
            }
            response.close();
            pause(pause);
        }
    }

    /**
     * Whether the same question may soon get a better answer: a registry that keeps its tags in files says 500 to who reads
     * one while somebody else writes it. A blob is not sent twice: its upload has ended.
     */
    private static boolean mayPass(Request request, int status) {
        boolean trouble = status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
        return trouble && !(request.body() instanceof BlobBody);
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** What a registry's refusal means. */
    StoreException refused(String doing, Response response) throws IOException {
        String said = "it answered HTTP " + response.code() + " while " + doing;
        String why =
                switch (response.code()) {
                    case FORBIDDEN -> "the credentials may not do this";
                    case FULL -> "the store is full";
                    default -> words(response.body());
                };
        return new StoreException(store, StoreSecret.mask(secrets.read(), why.isEmpty() ? said : said + ": " + why));
    }

    /** The registry's own words, where it has some in the form that it should. */
    private static String words(ResponseBody body) {
        try {
            JsonNode error = MAPPER.readTree(body.byteStream().readNBytes(LARGEST_ERROR))
                    .path("errors")
                    .path(0);
            return Printable.of(
                    (error.path("code").asText() + " " + error.path("message").asText()).strip());
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
