package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PartsSource;
import io.jenkins.plugins.rollback.engine.vault.pack.Zstd;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A vault in a folder: every distinct content is one file named by its hash, or taken apart into pieces that it shares
 * with others; every release is one manifest.
 *
 * <p>Contents are written aside, flushed and renamed, so a name in {@code blobs} or {@code recipes} always has all its
 * bytes, whenever the process or the machine dies. The rename of the manifest is the moment in which a release becomes
 * visible.
 */
public final class FileVault implements Vault {

    private final VaultLayout layout;
    private final PackedContents packed;
    private final Clock clock;

    private FileVault(VaultLayout layout, Clock clock, boolean wholePacks) {
        this.layout = layout;
        this.clock = clock;
        packed = new PackedContents(layout, clock, wholePacks);
    }

    /**
     * Opens the vault in a folder, which is created when absent.
     *
     * @throws IOException when the folder holds something else or cannot be written
     */
    public static FileVault open(Path dir) throws IOException {
        return open(dir, Clock.systemUTC());
    }

    /** {@link #open(Path)} with the clock that says how old unused contents are. */
    public static FileVault open(Path dir, Clock clock) throws IOException {
        return new FileVault(VaultLayout.open(dir), clock, false);
    }

    /**
     * Opens a folder that holds only some of the releases of a store: packs are removed whole or not at all, as those that
     * are not here may need the rest.
     */
    static FileVault openCache(Path dir, Clock clock) throws IOException {
        return new FileVault(VaultLayout.open(dir), clock, true);
    }

    VaultLayout layout() {
        return layout;
    }

    PackedContents packed() {
        return packed;
    }

    @Override
    public Set<String> missing(Collection<String> sha256s) throws IOException {
        Set<String> missing = new LinkedHashSet<>();
        for (String sha256 : sha256s) {
            if (!isThere(sha256)) {
                missing.add(sha256);
            }
        }
        return missing;
    }

    private boolean isThere(String sha256) throws IOException {
        return touch(layout.blob(sha256)) || touch(layout.recipe(sha256));
    }

    /** Says whether it is there, and keeps a clean-up from removing what somebody just counted on. */
    private boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public long put(String sha256, InputStream contents) throws IOException {
        if (isThere(sha256)) {
            // read all the same: who retains a content must show it, not merely know its hash
            requireHash(sha256, Sha256.of(contents));
            return 0;
        }
        Path temporary = layout.newTemporary();
        try {
            MessageDigest digest = Sha256.digest();
            long size = write(sha256, contents, temporary, digest);
            requireHash(sha256, Sha256.hex(digest));
            long added = packed.put(sha256, temporary);
            if (added > 0) {
                return added;
            }
            Path blob = layout.blob(sha256);
            try {
                Durable.createFolders(blob.getParent());
                Durable.moveIn(temporary, blob);
            } catch (IOException e) {
                throw storing(sha256, blob, e);
            }
            return size;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public Optional<HeldPieces> pieces(Collection<String> sha256s) throws IOException {
        return Zstd.isAvailable() ? Optional.of(packed.pieces(sha256s)) : Optional.empty();
    }

    @Override
    public OptionalLong put(String sha256, long size, PartsSource parts) throws IOException {
        return packed.put(sha256, size, parts, !isThere(sha256));
    }

    private static long write(String sha256, InputStream contents, Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[Sha256.BUFFER];
        long size = 0;
        try (FileChannel channel = create(sha256, file)) {
            OutputStream out = Channels.newOutputStream(channel);
            for (int n = contents.read(buffer); n >= 0; n = contents.read(buffer)) {
                digest.update(buffer, 0, n);
                size += n;
                try {
                    out.write(buffer, 0, n);
                } catch (IOException e) {
                    throw storing(sha256, file, e);
                }
            }
            try {
                channel.force(true);
            } catch (IOException e) {
                throw storing(sha256, file, e);
            }
        }
        return size;
    }

    private static FileChannel create(String sha256, Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw storing(sha256, file, e);
        }
    }

    private static IOException storing(String sha256, Path file, IOException e) {
        return new IOException("the vault cannot store content " + sha256 + " in " + file + ": " + Reason.of(e), e);
    }

    private static void requireHash(String expected, String found) throws HashMismatchException {
        if (!expected.equals(found)) {
            throw new HashMismatchException("content " + expected, expected, found);
        }
    }

    @Override
    public void commit(Manifest manifest) throws IOException {
        Path file = layout.manifest(manifest.id());
        try (VaultLock lock = VaultLock.take(layout.lock())) {
            requireContents(manifest);
            Optional<Manifest> existing = manifest(manifest.id());
            if (existing.isPresent()) {
                if (!existing.get().hash().equals(manifest.hash())) {
                    throw new ReleaseExistsException(
                            manifest.id(), existing.get().hash(), manifest.hash());
                }
                touch(file); // somebody counts on it again
                Durable.flushFolder(file.getParent()); // whoever wrote it may have died before doing so
                return;
            }
            Durable.createFolders(file.getParent());
            Durable.write(file, manifest.toBytes(), layout.newTemporary());
        }
    }

    /** @throws IOException naming a content that is not here, or has another size than the release says */
    void requireContents(Manifest manifest) throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (FileEntry entry : manifest.files()) {
            if (!entry.isLink()) {
                requireContent(manifest, entry, folders);
            }
        }
        if (manifest.snapshot() != null) {
            requireContent(manifest, manifest.snapshot(), folders);
        }
        for (Path folder : folders) {
            // a content that an interrupted attempt renamed may not have a durable name yet
            Durable.flushFolder(folder);
        }
    }

    private void requireContent(Manifest manifest, FileEntry entry, Set<Path> folders) throws IOException {
        Path blob = layout.blob(entry.sha256());
        long size;
        if (Files.exists(blob)) {
            size = Files.size(blob);
            folders.add(blob.getParent());
        } else {
            size = packed.size(entry.sha256())
                    .orElseThrow(() -> new IOException("release " + manifest.id()
                            + " cannot be retained: the vault lacks content " + entry.sha256() + " of '"
                            + Printable.of(entry.path()) + "'; retain it again"));
            folders.add(layout.recipe(entry.sha256()).getParent());
            folders.add(layout.packs());
        }
        if (size != entry.size()) {
            throw new IOException("release " + manifest.id() + " cannot be retained: '" + Printable.of(entry.path())
                    + "' is said to have " + entry.size() + " bytes, but its content " + entry.sha256() + " has "
                    + size);
        }
    }

    @Override
    public Optional<Manifest> manifest(ReleaseId id) throws IOException {
        Path file = layout.manifest(id);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            Manifest manifest = Manifest.parse(bytes);
            if (!manifest.id().equals(id)) {
                // also what a file system that ignores case answers for another spelling
                throw new IllegalArgumentException("it is the manifest of " + manifest.id());
            }
            return Optional.of(manifest);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the manifest of release " + id + " in " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        return layout.allReleases();
    }

    @Override
    public List<ReleaseId> releases(String service) throws IOException {
        return layout.releasesOf(service);
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        Path blob = layout.blob(sha256);
        InputStream in;
        try {
            in = new Naming(Files.newInputStream(blob), blob);
        } catch (NoSuchFileException e) {
            in = packed.open(sha256).orElseThrow(() -> new IOException("the vault has no content " + sha256, e));
        }
        return new VerifyingInputStream(in, "content " + sha256, sha256);
    }

    @Override
    public List<VaultFault> verify(Pace pace) throws IOException {
        return new VaultVerifier(this, layout, pace).verify();
    }

    @Override
    public Map<ReleaseId, Long> ownBytes(Set<ReleaseId> ids) throws IOException {
        return new VaultUsage(this, layout, packed).ownBytes(ids);
    }

    @Override
    public Collected gc(Set<ReleaseId> keep, boolean dryRun) throws IOException {
        try (VaultLock lock = VaultLock.take(layout.lock())) {
            return new VaultCollector(this, layout, packed, clock).collect(keep, dryRun);
        }
    }

    /** Adds the file's name to what a dying disk says. */
    private static final class Naming extends FilterInputStream {

        private final Path file;

        Naming(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw new IOException("cannot read " + file + ": " + Reason.of(e), e);
            }
        }
    }
}
