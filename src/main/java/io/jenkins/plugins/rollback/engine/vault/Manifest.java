package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a release consists of: its files in the order of their paths, and the snapshot of its surroundings when one was
 * given. Stored as canonical JSON (RFC 8785), whose SHA-256 identifies the contents of the release in the ledger.
 *
 * <p>The constructor refuses a path that is absolute, has an empty, {@code .} or {@code ..} part, a backslash or a
 * control character, stands twice, or lies below a link or a file of the same manifest, and a link that leads out of
 * the folder or in a circle: a manifest is trusted nowhere.
 *
 * @param id the release
 * @param files sorted by path
 * @param snapshot a YAML file that describes what the release expects around it, kept with the release but not part of
 *     its folder; {@code null} when there is none
 */
public record Manifest(ReleaseId id, List<FileEntry> files, FileEntry snapshot) {

    /** @throws IllegalArgumentException naming the path that breaks a rule */
    public Manifest {
        Objects.requireNonNull(id, "id");
        files = files.stream().sorted(Comparator.comparing(FileEntry::path)).toList();
        ManifestRules.check(files, snapshot);
    }

    /** A release without a snapshot. */
    public Manifest(ReleaseId id, List<FileEntry> files) {
        this(id, files, null);
    }

    /** Canonical JSON, UTF-8. */
    public byte[] toBytes() {
        return ManifestJson.write(this);
    }

    /** @throws IllegalArgumentException when it is not a manifest, saying where */
    public static Manifest parse(byte[] json) {
        return ManifestJson.read(json);
    }

    /** SHA-256 of {@link #toBytes()}, lower-case hexadecimal. */
    public String hash() {
        return Sha256.of(toBytes());
    }

    /** Total size of the files. */
    public long bytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }

    /** Hashes of everything that the release needs from the vault, the snapshot included, each once. */
    public Set<String> contents() {
        Set<String> hashes = new LinkedHashSet<>();
        for (FileEntry file : files) {
            if (!file.isLink()) {
                hashes.add(file.sha256());
            }
        }
        snapshotEntry().ifPresent(entry -> hashes.add(entry.sha256()));
        return hashes;
    }

    /** The snapshot, when the release has one. */
    public Optional<FileEntry> snapshotEntry() {
        return Optional.ofNullable(snapshot);
    }
}
