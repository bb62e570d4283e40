package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Credentials;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Registries that send us for a token, send us elsewhere, or send nothing. */
public class OciTokenTest {

    private static final Blob BLOB = Blob.of(new byte[] {1});
    private static final StoreSecret SECRET = new StoreSecret("robot", "a very secret word");

    @Rule
    public final MockWebServer registry = new MockWebServer();

    @Rule
    public final MockWebServer other = new MockWebServer();

    private OciStore store;

    @Before
    public void open() {
        store = new OciStore(new OciSettings(registry.url("/").uri(), "releases", Duration.ofSeconds(1)), () -> SECRET);
    }

    private MockResponse challenge() {
        return new MockResponse()
                .setResponseCode(401)
                .setHeader(
                        "WWW-Authenticate",
                        "Bearer realm=\"" + other.url("/token")
                                + "\",service=\"registry\",scope=\"repository:releases/shop:pull\"");
    }

    private static MockResponse found() {
        return new MockResponse().setHeader("Content-Length", BLOB.size());
    }

    @Test
    public void aTokenIsFetchedAndUsedAgainUntilItIsRefused() throws Exception {
        registry.enqueue(challenge());
        registry.enqueue(found());
        registry.enqueue(found());
        registry.enqueue(challenge());
        registry.enqueue(found());
        other.enqueue(new MockResponse().setBody("{\"token\":\"first\"}"));
        other.enqueue(new MockResponse().setBody("{\"access_token\":\"second\"}"));
        for (int i = 0; i < 3; i++) {
            assertThat(store.has("shop", BLOB)).isTrue();
        }
        RecordedRequest asked = other.takeRequest();
        assertThat(asked.getPath()).isEqualTo("/token?service=registry&scope=repository%3Areleases%2Fshop%3Apull");
        assertThat(asked.getHeader("Authorization")).isEqualTo(Credentials.basic(SECRET.user(), SECRET.secret()));
        String[] carried = {null, "Bearer first", "Bearer first", "Bearer first", "Bearer second"};
        for (String authorization : carried) {
            assertThat(registry.takeRequest().getHeader("Authorization")).isEqualTo(authorization);
        }
    }

    @Test
    public void aTokenServerThatRefusesIsToldWithoutTheSecret() {
        registry.enqueue(challenge());
        other.enqueue(new MockResponse().setResponseCode(401).setBody(SECRET.secret()));
        assertThatThrownBy(() -> store.has("shop", BLOB))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its token server answered HTTP 401: the credentials are refused")
                .hasMessageNotContaining(SECRET.secret());
    }

    @Test
    public void theRegistrysWordsAreShownWithoutTheSecret() {
        MockResponse trouble = new MockResponse()
                .setResponseCode(500)
                .setBody("{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"not " + SECRET.secret() + "\"}]}");
        for (int i = 0; i < 6; i++) {
            registry.enqueue(trouble);
        }
        assertThatThrownBy(() -> store.open("shop", BLOB))
                .hasMessageEndingWith("it answered HTTP 500 while reading a blob: UNKNOWN not ****");
    }

    @Test
    public void troubleThatPassesIsWaitedFor() throws Exception {
        registry.enqueue(new MockResponse().setResponseCode(500));
        registry.enqueue(new MockResponse().setResponseCode(503));
        registry.enqueue(new MockResponse().setResponseCode(404));
        assertThat(store.has("shop", BLOB)).isFalse();
        assertThat(registry.getRequestCount()).isEqualTo(3);
    }

    @Test
    public void anUploadThatShallGoOnElsewhereIsNotFollowed() {
        registry.enqueue(new MockResponse().setResponseCode(404));
        registry.enqueue(new MockResponse()
                .setResponseCode(202)
                .setHeader("Location", other.url("/upload").toString()));
        assertThatThrownBy(() -> store.put("shop", BLOB, BlobSource.of(new byte[] {1})))
                .hasMessageContaining("it sends us on to another server");
        assertThat(other.getRequestCount()).isZero();
    }

    @Test
    public void aReaderIsSentElsewhereWithoutThePassword() throws Exception {
        registry.enqueue(new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate", "Basic realm=x"));
        registry.enqueue(new MockResponse()
                .setResponseCode(307)
                .setHeader("Location", other.url("/storage").toString()));
        other.enqueue(new MockResponse().setBody("x"));
        assertThat(store.open("shop", BLOB).readAllBytes()).hasSize(1);
        assertThat(registry.takeRequest().getHeader("Authorization")).isNull();
        assertThat(registry.takeRequest().getHeader("Authorization")).startsWith("Basic ");
        assertThat(other.takeRequest().getHeader("Authorization")).isNull();
    }

    @Test
    public void aRegistryThatHangsIsGivenUp() throws IOException {
        registry.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        assertThatThrownBy(() -> store.check())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it gave no answer in time");
    }
}
