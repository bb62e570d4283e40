package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.List;

/**
 * What a release consists of: its files in the order of their paths. Stored as canonical JSON (RFC 8785), whose
 * SHA-256 identifies the contents of the release in the ledger.
 *
 * <p>The constructor refuses a path that is absolute, has an empty, {@code .} or {@code ..} part, a backslash or a
 * control character, stands twice, or lies below a link of the same manifest: a manifest is trusted nowhere.
 */
public record Manifest(ReleaseId id, List<FileEntry> files) {

    public Manifest {
        files = List.copyOf(files);
    }

    /** Canonical JSON, UTF-8. */
    public byte[] toBytes() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** @throws IllegalArgumentException when it is not a manifest, saying where */
    public static Manifest parse(byte[] json) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** SHA-256 of {@link #toBytes()}, lower-case hexadecimal. */
    public String hash() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Total size of the files. */
    public long bytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }
}
