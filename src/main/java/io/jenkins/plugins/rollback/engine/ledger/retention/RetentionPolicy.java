package io.jenkins.plugins.rollback.engine.ledger.retention;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How long each class of events is kept. A class that is not named is kept for ever. Immutable. */
public final class RetentionPolicy {

    /** Everything is kept for ever. */
    public static final RetentionPolicy FOR_EVER = new RetentionPolicy(new EnumMap<>(EventClass.class));

    private final EnumMap<EventClass, Period> keep;

    private RetentionPolicy(EnumMap<EventClass, Period> keep) {
        this.keep = keep;
    }

    /**
     * With one class kept for a time.
     *
     * @param period positive; days, weeks, months or years, in UTC
     */
    public RetentionPolicy keep(EventClass what, Period period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("'" + period + "' is no time to keep something for");
        }
        EnumMap<EventClass, Period> more = new EnumMap<>(keep);
        more.put(what, period);
        return new RetentionPolicy(more);
    }

    /**
     * Reads a period.
     *
     * @param text ISO 8601, for example {@code P90D} or {@code P7Y}
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Period period(String text) {
        try {
            Period period = Period.parse(text);
            if (!period.isZero() && !period.isNegative()) {
                return period;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no period like P90D or P7Y", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no time to keep something for");
    }

    /** Whether nothing is ever dropped. */
    public boolean isForEver() {
        return keep.isEmpty();
    }

    public Map<EventClass, Period> periods() {
        return Collections.unmodifiableMap(keep);
    }

    /** Events of this class that happened before this moment are past their time; empty when they are kept for ever. */
    public Optional<Instant> cutoff(EventClass what, Instant now) {
        return Optional.ofNullable(keep.get(what))
                .map(period -> now.atOffset(ZoneOffset.UTC).minus(period).toInstant());
    }
}
