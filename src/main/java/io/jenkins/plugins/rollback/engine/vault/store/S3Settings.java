package io.jenkins.plugins.rollback.engine.vault.store;

import java.net.URI;
import java.time.Duration;

/**
 * Where in S3 releases are kept, and how.
 *
 * @param bucket must exist
 * @param prefix before the name of every object, empty or ending in a slash; no two vaults share one
 * @param region for example {@code eu-central-1}
 * @param endpoint of another server than Amazon's, which is then addressed by path; or {@code null}
 * @param encryption by the server: empty for what the bucket says, {@code AES256} or {@code aws:kms}
 * @param kmsKey id of the key for {@code aws:kms}, or empty for the account's own
 * @param lockDays how long nobody can delete or replace an object (object lock, compliance mode); 0 for no lock
 * @param patience how long an answer may take; sending bytes gets more by their number
 */
public record S3Settings(
        String bucket,
        String prefix,
        String region,
        URI endpoint,
        String encryption,
        String kmsKey,
        int lockDays,
        Duration patience) {

    /** How long an answer may take unless somebody says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException naming the part that cannot be */
    public S3Settings {
        if (bucket == null || !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException(
                    "a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens");
        }
        if (!prefix.isEmpty() && !prefix.matches("([A-Za-z0-9._-]+/)+")) {
            throw new IllegalArgumentException(
                    "a prefix has letters, digits, '.', '_' and '-' between slashes, and ends in a slash");
        }
        if (region == null || !region.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("a region has lower-case letters, digits and hyphens");
        }
        if (!encryption.matches("|AES256|aws:kms")) {
            throw new IllegalArgumentException("encryption is AES256, aws:kms or left out");
        }
        if (lockDays < 0 || lockDays > 36_500) {
            throw new IllegalArgumentException("an object is locked for 0 to 36500 days");
        }
    }
}
