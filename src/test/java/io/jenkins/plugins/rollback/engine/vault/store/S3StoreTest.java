package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.ClassRule;
import org.junit.Test;

/** A store in a real S3 server. */
public class S3StoreTest extends ObjectStoreContract {

    @ClassRule
    public static final S3Mock SERVER = new S3Mock();

    @Override
    ObjectStore make(String unique) throws IOException {
        return SERVER.store(unique + "/");
    }

    @Test
    public void aBucketThatIsNotThereIsNamed() throws IOException {
        URI endpoint = SERVER.settings("").endpoint();
        try (ObjectStore store = new S3Store(
                S3Mock.settings(endpoint, "no-such-bucket", "", Duration.ofSeconds(20)),
                () -> S3Mock.SECRET,
                Clock.systemUTC())) {
            assertThatThrownBy(store::check)
                    .isInstanceOf(StoreException.class)
                    .hasMessage(store.name() + ": S3 answered HTTP 404 (NoSuchBucket): there is no such bucket");
            assertThatThrownBy(() -> store.has("shop", Blob.of(new byte[1])))
                    .hasMessageContaining("there is no such bucket");
        }
    }

    @Test
    public void prefixesKeepVaultsApartAndASweepFreesWhatNobodyNames() throws IOException {
        byte[] unused = {1, 2, 3};
        try (ObjectStore one = SERVER.store("apart/one/");
                ObjectStore two = SERVER.store("apart/two/")) {
            one.put("shop", Blob.of(unused), BlobSource.of(unused));
            assertThat(two.has("shop", Blob.of(unused))).isFalse();
            assertThat(two.sweep(Instant.now().plus(Duration.ofDays(1)))).isZero();
            assertThat(one.sweep(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(3);
            assertThat(one.has("shop", Blob.of(unused))).isFalse();
        }
    }

    @Test
    public void theServerEncryptsWhenItIsTold() throws IOException {
        S3Settings plain = SERVER.settings("encrypted/");
        S3Settings settings = new S3Settings(
                plain.bucket(), plain.prefix(), plain.region(), plain.endpoint(), "AES256", "", 0, plain.patience());
        byte[] bytes = {4, 5, 6};
        try (ObjectStore store = new S3Store(settings, () -> S3Mock.SECRET, Clock.systemUTC())) {
            store.put("shop", Blob.of(bytes), BlobSource.of(bytes));
            assertThat(S3Clients.client(settings, () -> S3Mock.SECRET)
                            .headObject(head -> head.bucket(plain.bucket())
                                    .key("encrypted/blobs/sha256/"
                                            + Blob.of(bytes).sha256()))
                            .serverSideEncryptionAsString())
                    .isEqualTo("AES256");
        }
    }
}
