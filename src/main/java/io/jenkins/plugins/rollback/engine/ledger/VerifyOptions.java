package io.jenkins.plugins.rollback.engine.ledger;

import java.time.Duration;
import java.util.Objects;

/**
 * How a ledger is verified.
 *
 * @param since signed note of an earlier checkpoint that must be a prefix, or {@code null}
 * @param clockLimit an entry whose time lies more than this before that of the entry right before it is named as bad;
 *     smaller steps back (a clock put right, a leap second) are counted and no more
 */
public record VerifyOptions(String since, Duration clockLimit) {

    /** More than any time server puts right at once, less than a machine restored from yesterday's image. */
    public static final Duration CLOCK_LIMIT = Duration.ofHours(12);

    public static final VerifyOptions DEFAULT = new VerifyOptions(null, CLOCK_LIMIT);

    public VerifyOptions {
        Objects.requireNonNull(clockLimit, "clockLimit");
    }

    public VerifyOptions since(String note) {
        return new VerifyOptions(note, clockLimit);
    }

    public VerifyOptions clockLimit(Duration limit) {
        return new VerifyOptions(since, limit);
    }
}
