package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * A store in a bucket of S3 or of a server that speaks its protocol. Every object is put only if it is absent, with its
 * SHA-256, which the server compares; one request makes it visible whole.
 */
public final class S3Store implements ObjectStore {

    /** What one request may carry. */
    private static final long LARGEST = 5L << 30;

    /** A slow line: time that is granted for sending, beyond the patience for an answer. */
    private static final long BYTES_PER_SECOND = 256 * 1024;

    private final S3Settings settings;
    private final StoreSecret.Reader secrets;
    private final Clock clock;
    private final S3Client client;

    /**
     * Opens nothing yet: the first request does.
     *
     * @param secrets key id and secret key; where there are none, those that the SDK finds on this machine
     * @param clock says until when an object is locked
     */
    public S3Store(S3Settings settings, StoreSecret.Reader secrets, Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.clock = clock;
        client = S3Clients.client(settings, secrets);
    }

    @Override
    public String name() {
        return "S3 bucket '" + settings.bucket() + "'"
                + (settings.endpoint() == null
                        ? ""
                        : " at " + settings.endpoint().getAuthority());
    }

    /** Runs a request and translates what it throws. */
    private <T> T ask(Request<T> request) throws IOException {
        try {
            return request.run(client);
        } catch (SdkException e) {
            throw error(e);
        } catch (UncheckedIOException e) {
            throw new StoreException(name(), StoreException.reason(e), e);
        }
    }

    private StoreException error(SdkException e) throws IOException {
        return S3Errors.of(name(), settings, secrets.read(), e);
    }

    /** One exchange with the server. */
    @FunctionalInterface
    private interface Request<T> {
        T run(S3Client client) throws IOException;
    }

    private String key(String name) {
        return settings.prefix() + name;
    }

    @Override
    public void check() throws IOException {
        ask(s3 -> s3.listObjectsV2(list ->
                list.bucket(settings.bucket()).prefix(key(StoreKeys.RELEASES)).maxKeys(1)));
    }

    @Override
    public boolean has(String service, Blob blob) throws IOException {
        return ask(s3 -> {
            try {
                return s3.headObject(head -> head.bucket(settings.bucket()).key(key(StoreKeys.blob(blob.sha256()))))
                                .contentLength()
                        == blob.size();
            } catch (SdkException e) {
                if (S3Errors.status(e) == S3Errors.NOT_FOUND) {
                    check(); // a HEAD has no body that tells an absent object from an absent bucket
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public void put(String service, Blob blob, BlobSource source) throws IOException {
        if (!has(service, blob)) {
            send(key(StoreKeys.blob(blob.sha256())), blob, source);
        }
    }

    /** @return false when something of this name was there */
    private boolean send(String key, Blob blob, BlobSource source) throws IOException {
        if (blob.size() > LARGEST) {
            throw new StoreException(name(), "a file of " + blob.size() + " bytes is too large for S3: 5 GiB at most");
        }
        byte[] hash = HexFormat.of().parseHex(blob.sha256());
        return ask(s3 -> {
            try {
                s3.putObject(
                        put -> put.bucket(settings.bucket())
                                .key(key)
                                .ifNoneMatch("*")
                                .contentLength(blob.size())
                                .checksumSHA256(Base64.getEncoder().encodeToString(hash))
                                .applyMutation(this::protect)
                                .overrideConfiguration(call -> call.apiCallTimeout(time(blob.size()))),
                        RequestBody.fromContentProvider(() -> opened(source), blob.size(), "application/octet-stream"));
                return true;
            } catch (SdkException e) {
                int status = S3Errors.status(e);
                if (status == S3Errors.PRECONDITION_FAILED || status == S3Errors.CONFLICT && isThere(s3, key)) {
                    return false; // there already, or somebody else was just faster
                }
                throw e;
            }
        });
    }

    private boolean isThere(S3Client s3, String key) {
        try {
            s3.headObject(head -> head.bucket(settings.bucket()).key(key));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private static InputStream opened(BlobSource source) {
        try {
            return source.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration time(long bytes) {
        return settings.patience().plusSeconds(bytes / BYTES_PER_SECOND);
    }

    private void protect(PutObjectRequest.Builder put) {
        if (!settings.encryption().isEmpty()) {
            put.serverSideEncryption(ServerSideEncryption.fromValue(settings.encryption()));
        }
        if (!settings.kmsKey().isEmpty()) {
            put.ssekmsKeyId(settings.kmsKey());
        }
        if (settings.lockDays() > 0) {
            put.objectLockMode(ObjectLockMode.COMPLIANCE)
                    .objectLockRetainUntilDate(clock.instant()
                            .plus(settings.lockDays(), ChronoUnit.DAYS)
                            .truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Override
    public InputStream open(String service, Blob blob) throws IOException {
        InputStream in = ask(s3 -> get(s3, key(StoreKeys.blob(blob.sha256())), blob.size()))
                .orElseThrow(() -> new StoreException(name(), "it has no " + blob.digest()));
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return super.read(buffer, offset, length);
                } catch (SdkException e) {
                    throw error(e); // a checksum that is wrong, or an answer that stops
                }
            }
        };
    }

    private Optional<InputStream> get(S3Client s3, String key, long size) throws IOException {
        try {
            return Optional.of(s3.getObject(get -> get.bucket(settings.bucket())
                    .key(key)
                    .overrideConfiguration(call -> call.apiCallTimeout(time(size)))));
        } catch (SdkException e) {
            if (S3Errors.status(e) == S3Errors.NOT_FOUND) {
                check();
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<StoredRelease> find(ReleaseId id) throws IOException {
        Optional<InputStream> document = ask(s3 -> get(s3, key(StoreKeys.release(id)), 0));
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = document.get()) {
            return Optional.of(StoreDocuments.read(name(), id, in));
        } catch (SdkException e) {
            throw error(e);
        }
    }

    @Override
    public void publish(StoredRelease release) throws IOException {
        byte[] document = release.toBytes();
        boolean added = send(key(StoreKeys.release(release.id())), Blob.of(document), BlobSource.of(document));
        if (!added && !find(release.id()).filter(release::equals).isPresent()) {
            throw new ReleaseConflictException(name(), release.id());
        }
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        List<ReleaseId> all = new ArrayList<>();
        list(StoreKeys.RELEASES, object -> StoreKeys.releaseOf(
                        object.key().substring(settings.prefix().length()))
                .ifPresent(all::add));
        all.sort(null);
        return all;
    }

    private void list(String below, Consumer<S3Object> each) throws IOException {
        ask(s3 -> {
            s3.listObjectsV2Paginator(list -> list.bucket(settings.bucket()).prefix(key(below)))
                    .contents()
                    .forEach(each);
            return null;
        });
    }

    @Override
    public void drop(ReleaseId id) throws IOException {
        delete(key(StoreKeys.release(id)));
    }

    private void delete(String key) throws IOException {
        ask(s3 -> s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key)));
    }

    @Override
    public long sweep(Instant before) throws IOException {
        Set<String> needed = new HashSet<>();
        for (ReleaseId id : releases()) {
            find(id).ifPresent(release -> release.parts()
                    .forEach(part -> needed.add(key(StoreKeys.blob(part.blob().sha256())))));
        }
        List<S3Object> dead = new ArrayList<>();
        list(StoreKeys.BLOBS, object -> {
            if (!needed.contains(object.key()) && object.lastModified().isBefore(before)) {
                dead.add(object);
            }
        });
        long freed = 0;
        for (S3Object object : dead) {
            delete(object.key());
            freed += object.size();
        }
        return freed;
    }

    @Override
    public void close() {
        client.close();
    }
}
