package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.Rule;
import org.junit.Test;

/** What S3 servers answer that a test server does not, each in one line without a secret. */
public class S3ErrorsTest {

    private static final byte[] BYTES = {1, 2, 3};

    @Rule
    public final MockWebServer server = new MockWebServer();

    private S3Store store(int lockDays, Duration patience) throws IOException {
        S3Settings settings = new S3Settings(
                "releases", "", "eu-central-1", server.url("/").uri(), "aws:kms", "key-1", lockDays, patience);
        return new S3Store(
                settings, () -> S3Mock.SECRET, Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
    }

    private void refusal(int status, String code, String message) {
        server.enqueue(new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/xml")
                .setBody("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>"));
    }

    private void checkSays(String text) throws IOException {
        try (S3Store store = store(0, Duration.ofSeconds(20))) {
            assertThatThrownBy(store::check)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(text)
                    .hasMessageNotContaining(S3Mock.SECRET.secret())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    public void wrongCredentials() throws IOException {
        refusal(403, "SignatureDoesNotMatch", "The key " + S3Mock.SECRET.secret() + " is wrong");
        checkSays("HTTP 403 (SignatureDoesNotMatch): the credentials are refused");
        refusal(403, "AccessDenied", "no");
        checkSays("the credentials are refused, or may not do this");
    }

    @Test
    public void aClockThatIsWrong() throws IOException {
        for (int tries = 0; tries < 4; tries++) { // the SDK corrects itself once, and tries again
            refusal(403, "RequestTimeTooSkewed", "The difference is too large");
        }
        checkSays("this machine's clock differs from the store's");
    }

    @Test
    public void aFullStoreAndWordsThatHoldTheSecret() throws IOException {
        refusal(400, "QuotaExceeded", "no room");
        checkSays("the store is full");
        refusal(400, "Strange", "you said " + S3Mock.SECRET.secret());
        checkSays("(Strange): you said ****");
    }

    @Test
    public void lockAndEncryptionAreAskedForAndARefusedLockIsExplained() throws Exception {
        server.enqueue(new MockResponse().setResponseCode(404));
        server.enqueue(new MockResponse().setBody("<ListBucketResult/>")); // the bucket is there
        refusal(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        try (S3Store store = store(30, Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> store.put("shop", Blob.of(BYTES), BlobSource.of(BYTES)))
                    .hasMessageContaining("the bucket has no object lock");
        }
        assertThat(server.takeRequest().getMethod()).isEqualTo("HEAD");
        server.takeRequest();
        RecordedRequest put = server.takeRequest();
        assertThat(put.getHeader("If-None-Match")).isEqualTo("*");
        assertThat(put.getHeader("x-amz-checksum-sha256")).isNotEmpty();
        assertThat(put.getHeader("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
        assertThat(put.getHeader("x-amz-object-lock-retain-until-date")).isEqualTo("2026-12-23T10:00:00Z");
        assertThat(put.getHeader("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(put.getHeader("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-1");
    }

    @Test
    public void aServerThatHangsIsGivenUp() throws IOException {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        try (S3Store store = store(0, Duration.ofSeconds(1))) {
            assertThatThrownBy(store::check).hasMessageContaining("it gave no answer in time");
        }
    }

    @Test
    public void nobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (S3Store store = new S3Store(
                S3Mock.settings(URI.create("http://127.0.0.1:" + port), "releases", "", Duration.ofSeconds(20)),
                () -> S3Mock.SECRET,
                Clock.systemUTC())) {
            assertThatThrownBy(store::check).hasMessageContaining("the connection is refused");
        }
    }
}
