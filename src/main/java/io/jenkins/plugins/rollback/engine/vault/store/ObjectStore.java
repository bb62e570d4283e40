package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place for releases. It holds blobs by their SHA-256, and for each release a small {@link StoredRelease document} that
 * names the blobs which make it up. A release is there when its document is, and the document is stored last.
 *
 * <p>Blobs belong to a service, because registries keep them by repository; stores without that division share them.
 * Implementations are thread safe. Every method fails with a {@link StoreException} whose message is fit for people.
 */
public interface ObjectStore extends Closeable {

    /** What messages call it, for example {@code S3 bucket 'releases'}; no secret in it. */
    String name();

    /** Whether a blob is there, with this size. */
    boolean has(String service, Blob blob) throws IOException;

    /**
     * Stores a blob; one that is there already is left alone. The store compares the hash of what it received.
     *
     * @throws StoreException when the bytes are not those of the blob, or it could not be stored; then nothing is visible
     */
    void put(String service, Blob blob, BlobSource source) throws IOException;

    /**
     * Reads a blob.
     *
     * @return its bytes as the store gives them: whoever reads compares the hash
     * @throws StoreException when it is not there
     */
    InputStream open(String service, Blob blob) throws IOException;

    /** The document of a release, when it is there. */
    Optional<StoredRelease> find(ReleaseId id) throws IOException;

    /**
     * Makes a release visible whose blobs are all there. Publishing the same again is welcome.
     *
     * @throws ReleaseConflictException when it is there with another document
     */
    void publish(StoredRelease release) throws IOException;

    /** All releases that are there, in their natural order. */
    List<ReleaseId> releases() throws IOException;

    /** Removes the document of a release; nothing happens when it is not there. Its blobs go with {@link #sweep}. */
    void drop(ReleaseId id) throws IOException;

    /**
     * Removes blobs that no document names. The caller sees to it that nobody publishes meanwhile.
     *
     * @param before blobs that were stored later are spared
     * @return bytes freed; 0 where the store does it by itself
     */
    long sweep(Instant before) throws IOException;

    /** Asks the store for the least that shows whether address and credentials are right. */
    void check() throws IOException;
}
