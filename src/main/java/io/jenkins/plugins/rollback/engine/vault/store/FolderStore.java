package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A store in a folder, for example on another disk or a mounted share. Files appear whole, by a hard link or a rename. */
public final class FolderStore implements ObjectStore {

    private final Path root;

    /** Touches nothing yet; what there is to make is made with the first question. */
    public FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return "store in folder '" + root + "'";
    }

    @Override
    public void check() throws IOException {
        prepare();
        try {
            Files.delete(Files.createTempFile(root.resolve("tmp"), "check", ".tmp"));
        } catch (IOException e) {
            throw failed("it cannot be written", e);
        }
    }

    private void prepare() throws IOException {
        try {
            for (String part : List.of("tmp", StoreKeys.BLOBS, StoreKeys.RELEASES)) {
                Files.createDirectories(root.resolve(part));
            }
        } catch (IOException e) {
            throw failed("it cannot be written", e);
        }
    }

    private StoreException failed(String what, IOException e) {
        return new StoreException(name(), what + ": " + e.getMessage(), e);
    }

    private Path file(Blob blob) {
        return root.resolve(StoreKeys.blob(blob.sha256()));
    }

    @Override
    public boolean has(String service, Blob blob) throws IOException {
        try {
            return Files.size(file(blob)) == blob.size();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw failed("it cannot be read", e);
        }
    }

    @Override
    public void put(String service, Blob blob, BlobSource source) throws IOException {
        if (!has(service, blob)) {
            Path file = file(blob);
            Files.deleteIfExists(file); // one of another size was cut off by something else
            write(file, blob, source);
        }
    }

    /** @return false when another file of this name was there */
    private boolean write(Path file, Blob blob, BlobSource source) throws IOException {
        Path temporary = root.resolve("tmp").resolve(UUID.randomUUID() + ".tmp");
        prepare();
        try {
            copy(blob, source, temporary);
            Files.createDirectories(file.getParent());
            Files.createLink(file, temporary); // unlike a rename it replaces nothing
            flush(file.getParent());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw failed("it cannot store " + file.getFileName(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void copy(Blob blob, BlobSource source, Path target) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = source.open();
                FileChannel channel =
                        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[Sha256.BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            channel.force(true);
        }
        if (!Sha256.hex(digest).equals(blob.sha256())) {
            throw new StoreException(name(), "what was sent is not " + blob.digest() + "; nothing is stored");
        }
    }

    private static void flush(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) { // which does so by itself
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public InputStream open(String service, Blob blob) throws IOException {
        try {
            return Files.newInputStream(file(blob));
        } catch (NoSuchFileException e) {
            throw new StoreException(name(), "it has no " + blob.digest(), e);
        }
    }

    @Override
    public Optional<StoredRelease> find(ReleaseId id) throws IOException {
        try (InputStream in = Files.newInputStream(root.resolve(StoreKeys.release(id)))) {
            return Optional.of(StoreDocuments.read(name(), id, in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void publish(StoredRelease release) throws IOException {
        byte[] document = release.toBytes();
        Path file = root.resolve(StoreKeys.release(release.id()));
        if (!write(file, Blob.of(document), BlobSource.of(document))
                && !Arrays.equals(Files.readAllBytes(file), document)) {
            throw new ReleaseConflictException(name(), release.id());
        }
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        prepare();
        try (Stream<Path> files = Files.walk(root.resolve(StoreKeys.RELEASES), 2)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .flatMap(key -> StoreKeys.releaseOf(key).stream())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("it cannot be read", e);
        }
    }

    @Override
    public void drop(ReleaseId id) throws IOException {
        Files.deleteIfExists(root.resolve(StoreKeys.release(id)));
    }

    @Override
    public long sweep(Instant before) throws IOException {
        Set<String> needed = new HashSet<>();
        for (ReleaseId id : releases()) {
            find(id).ifPresent(release ->
                    release.parts().forEach(part -> needed.add(part.blob().sha256())));
        }
        long freed = 0;
        for (Path folder : List.of(root.resolve(StoreKeys.BLOBS), root.resolve("tmp"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (!needed.contains(file.getFileName().toString())
                            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                        freed += Files.size(file);
                        Files.delete(file);
                    }
                }
            }
        }
        return freed;
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
