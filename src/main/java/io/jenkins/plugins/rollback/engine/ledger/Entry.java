package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the ledger, as it was stored. Holds no personal data: {@code actor} and {@code reason} are commitments
 * that {@link Ledger#people()} turns back into clear text as long as nobody erased it.
 *
 * @param index position in the ledger, from 0, without gaps
 * @param time when it was appended, by the ledger's clock, in UTC
 * @param kind what happened
 * @param service or {@code null}
 * @param environment or {@code null}
 * @param version or {@code null}
 * @param actor commitment to who did it, never {@code null}
 * @param reason commitment to free text, or {@code null}
 * @param data what else is known; do not modify
 */
public record Entry(
        long index,
        Instant time,
        EventKind kind,
        String service,
        String environment,
        String version,
        String actor,
        String reason,
        ObjectNode data) {

    static final String SPOOLED = "spooled";
    static final String SPOOLED_AS = "spooledAs";

    /** Service and environment, when the entry has both. */
    public Optional<Target> target() {
        return service == null || environment == null
                ? Optional.empty()
                : Optional.of(new Target(service, environment));
    }

    /** Service and version, when the entry has both. */
    public Optional<ReleaseId> release() {
        return service == null || version == null ? Optional.empty() : Optional.of(new ReleaseId(service, version));
    }

    /** A text of {@link #data()}, or {@code null} when it is absent. */
    public String text(String key) {
        return data.hasNonNull(key) ? data.get(key).asText() : null;
    }

    /** Whether it was kept aside while a shared ledger's store did not answer; {@code recorded} in its data says when. */
    public boolean spooled() {
        return data.path(SPOOLED).asBoolean();
    }

    /**
     * The number by which it is known for ever, for example as a fencing number: its index, or the one that it was
     * given while it was {@linkplain #spooled kept aside}. No two entries of a ledger have the same.
     */
    public long number() {
        return spooled() ? data.path(SPOOLED_AS).asLong(index) : index;
    }
}
