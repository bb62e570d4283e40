package io.jenkins.plugins.rollback.engine.model;

import java.time.Instant;

/**
 * A retained release: an immutable, versioned set of artifacts with its snapshot.
 *
 * @param id service and version
 * @param commit source revision, or {@code null} when the build did not know one
 * @param manifest SHA-256 of the vault's manifest, lower-case hexadecimal
 * @param files how many files it holds
 * @param bytes their total size
 * @param stored what retaining it added on disk, in bytes; -1 when that was not recorded
 * @param environment what it was built for, or {@code null} when the step named none
 * @param build full display name of the build that retained it ({@code folder/job#12}), or {@code null}
 * @param retainedAt when
 * @param entry index of its entry in the ledger
 */
public record Release(
        ReleaseId id,
        String commit,
        String manifest,
        int files,
        long bytes,
        long stored,
        String environment,
        String build,
        Instant retainedAt,
        long entry) {}
