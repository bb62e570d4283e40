package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What every store does, whatever is behind it. */
public abstract class ObjectStoreContract {

    static final ReleaseId ONE = new ReleaseId("Shop_2", "1.0.0+build.7");
    private static final byte[] BYTES = "what is kept".getBytes(StandardCharsets.UTF_8);

    private ObjectStore store;

    /** An empty store. */
    abstract ObjectStore make(String unique) throws Exception;

    @Before
    public void emptyStore() throws Exception {
        store = make("t" + UUID.randomUUID().toString().substring(0, 8));
    }

    @After
    public void close() throws IOException {
        store.close();
    }

    /** A release of one blob, which is stored. */
    static StoredRelease release(ObjectStore store, ReleaseId id, byte[] bytes) throws IOException {
        Blob blob = Blob.of(bytes);
        store.put(id.service(), blob, BlobSource.of(bytes));
        return new StoredRelease(
                id,
                blob,
                List.of(new StoredPart("blobs/" + blob.sha256().substring(0, 2) + "/" + blob.sha256(), blob)));
    }

    private byte[] read(ReleaseId id, Blob blob) throws IOException {
        try (InputStream in = store.open(id.service(), blob)) {
            return in.readAllBytes();
        }
    }

    @Test
    public void anEmptyStoreHasNothing() throws IOException {
        store.check();
        assertThat(store.releases()).isEmpty();
        assertThat(store.find(ONE)).isEmpty();
        assertThat(store.has(ONE.service(), Blob.of(BYTES))).isFalse();
        assertThatThrownBy(() -> read(ONE, Blob.of(BYTES)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it has no " + Blob.of(BYTES).digest());
        store.drop(ONE);
    }

    @Test
    public void whatIsPutIsThereAgainAndPuttingItAgainChangesNothing() throws IOException {
        byte[] large = new byte[9_000_000];
        new Random(7).nextBytes(large);
        for (byte[] bytes : List.of(BYTES, new byte[0], large)) {
            Blob blob = Blob.of(bytes);
            store.put(ONE.service(), blob, BlobSource.of(bytes));
            store.put(ONE.service(), blob, BlobSource.of(bytes));
            assertThat(store.has(ONE.service(), blob)).isTrue();
            assertThat(store.has(ONE.service(), new Blob(blob.sha256(), blob.size() + 1)))
                    .as("another size is something else")
                    .isFalse();
            assertThat(Sha256.of(read(ONE, blob))).isEqualTo(blob.sha256());
        }
    }

    @Test
    public void bytesOfAnotherHashAreRefusedAndNothingIsThere() throws IOException {
        byte[] forged = BYTES.clone();
        forged[0]++;
        assertThatThrownBy(() -> store.put(ONE.service(), Blob.of(BYTES), BlobSource.of(forged)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(store.name())
                .hasMessageNotContaining("\n");
        assertThat(store.has(ONE.service(), Blob.of(BYTES))).isFalse();
        store.put(ONE.service(), Blob.of(BYTES), BlobSource.of(BYTES));
        assertThat(read(ONE, Blob.of(BYTES))).isEqualTo(BYTES);
    }

    @Test
    public void whatStopsInTheMiddleLeavesNothingVisible() throws IOException {
        byte[] large = new byte[3_000_000];
        BlobSource dying =
                () -> new SequenceInputStream(new ByteArrayInputStream(large, 0, 2_000_000), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk died");
                    }
                });
        assertThatThrownBy(() -> store.put(ONE.service(), Blob.of(large), dying))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the disk died");
        assertThat(store.has(ONE.service(), Blob.of(large))).isFalse();
    }

    @Test
    public void aReleaseIsThereWhenItIsPublished() throws IOException {
        StoredRelease release = release(store, ONE, BYTES);
        assertThat(store.releases()).isEmpty();
        store.publish(release);
        store.publish(release);
        assertThat(store.releases()).containsExactly(ONE);
        assertThat(store.find(ONE)).contains(release);
        store.drop(ONE);
        store.drop(ONE);
        assertThat(store.releases()).isEmpty();
        assertThat(store.find(ONE)).isEmpty();
    }

    @Test
    public void otherContentsOfTheSameReleaseAreRefused() throws IOException {
        StoredRelease release = release(store, ONE, BYTES);
        store.publish(release);
        StoredRelease other = release(store, ONE, "something else".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> store.publish(other))
                .isInstanceOf(ReleaseConflictException.class)
                .hasMessageContaining(ONE.toString());
        assertThat(store.find(ONE)).contains(release);
    }

    @Test
    public void aThousandAndMoreAreListed() throws IOException {
        List<ReleaseId> ids = new ArrayList<>();
        for (int i = 0; i < 1_050; i++) {
            ReleaseId id = new ReleaseId(i < 1_020 ? "shop" : "cart." + i, "1." + i);
            ids.add(id);
            store.publish(release(store, id, BYTES));
        }
        ids.sort(null);
        assertThat(store.releases()).isEqualTo(ids);
    }

    @Test
    public void whoPutsTheSameAtTheSameTimeSucceeds() throws Exception {
        byte[] bytes = new byte[400_000];
        new Random(8).nextBytes(bytes);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(threads.submit(() -> {
                store.publish(release(store, ONE, bytes));
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(read(ONE, Blob.of(bytes))).isEqualTo(bytes);
        assertThat(store.releases()).containsExactly(ONE);
    }

    @Test
    public void aSweepSparesWhatReleasesNeedAndWhatIsYoung() throws IOException {
        StoredRelease kept = release(store, ONE, BYTES);
        store.publish(kept);
        byte[] unused = "nobody names this".getBytes(StandardCharsets.UTF_8);
        store.put(ONE.service(), Blob.of(unused), BlobSource.of(unused));
        assertThat(store.sweep(Instant.now().minus(Duration.ofDays(1)))).isZero();
        assertThat(store.has(ONE.service(), Blob.of(unused))).isTrue();

        long freed = store.sweep(Instant.now().plus(Duration.ofDays(1)));
        assertThat(store.has(ONE.service(), Blob.of(unused))).isEqualTo(freed == 0);
        assertThat(freed).isIn(0L, (long) unused.length);
        assertThat(read(ONE, kept.manifest())).isEqualTo(BYTES);
    }
}
