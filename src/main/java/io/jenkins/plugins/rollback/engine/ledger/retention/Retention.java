package io.jenkins.plugins.rollback.engine.ledger.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.Condition;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.SweptEntries;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Applies a retention schedule to a ledger in files: plans what goes, records it, and lets the ledger drop it. Everything
 * about one deployment or rollback goes in one step, so a sweep may be cut short between any two of them.
 */
public final class Retention {

    private static final Logger LOGGER = Logger.getLogger(Retention.class.getName());
    private static final int TRIES = 3;

    private final Ledger ledger;
    private final Clock clock;
    private final List<LiveHistory> projections;

    /**
     * For one ledger.
     *
     * @param clock says what is past its time
     * @param projections all that read the ledger and are attached to it
     */
    public Retention(Ledger ledger, Clock clock, List<LiveHistory> projections) {
        this.ledger = ledger;
        this.clock = clock;
        this.projections = List.copyOf(projections);
    }

    /**
     * What came of a sweep.
     *
     * @param dropped how many entries
     * @param events indexes of the entries that say so
     * @param plan that was carried out, the last one when something came between
     */
    public record Swept(long dropped, List<Long> events, SweepPlan plan) {}

    /** What a sweep would do now. Reads the whole ledger and changes nothing. */
    public SweepPlan plan(RetentionPolicy policy) throws IOException {
        History history = History.of(ledger);
        Live live = new Live();
        projections.forEach(projection -> projection.tell(live));
        long droppable = ledger instanceof FileLedger file
                ? file.droppable()
                : ledger.checkpoint().size() / FileLedger.BUNDLE * FileLedger.BUNDLE;
        return new SweepPlan(history, policy, live, clock.instant(), Math.min(droppable, history.size));
    }

    /**
     * Drops what is past its time.
     *
     * @param who for the entries that say so
     * @throws IOException when the ledger cannot be written, or is one that several controllers share: each of them would
     *     have to drop the same, and their database too
     */
    public Swept sweep(RetentionPolicy policy, Actor who) throws IOException {
        if (!(ledger instanceof FileLedger file)) {
            throw new IOException(
                    "a ledger that several controllers share is kept whole: only one in files can be swept");
        }
        List<Long> events = new ArrayList<>();
        long dropped = 0;
        SweepPlan plan = plan(policy);
        for (int tries = 1; ; tries++) {
            try {
                for (BitSet batch : plan.batches()) {
                    events.add(file.drop(event(plan, batch, policy).actor(who), unchangedSince(plan))
                            .index());
                    dropped += batch.cardinality();
                }
                return new Swept(dropped, events, plan);
            } catch (ConditionFailedException e) {
                if (tries == TRIES) {
                    LOGGER.log(Level.FINE, "The rest is left to the next sweep", e);
                    return new Swept(dropped, events, plan);
                }
                plan = plan(policy);
            }
        }
    }

    private static Event event(SweepPlan plan, BitSet batch, RetentionPolicy policy) {
        ObjectNode classes = JsonNodeFactory.instance.objectNode();
        ObjectNode keep = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<EventClass, Integer> part : plan.classes(batch).entrySet()) {
            classes.put(part.getKey().word(), part.getValue());
            keep.put(part.getKey().word(), policy.periods().get(part.getKey()).toString());
        }
        return Event.of(EventKind.RETENTION_SWEPT)
                .with(SweptEntries.KEY, SweptEntries.write(batch))
                .with("count", batch.cardinality())
                .with("classes", classes)
                .with("keep", keep);
    }

    /** A hold that is placed in the same moment counts, and so does anything that happens to what would go. */
    private Condition unchangedSince(SweepPlan plan) {
        return () -> {
            try {
                for (long index = plan.size(); index < ledger.size(); index++) { // the newest: they are in memory
                    if (plan.isDoubtedBy(ledger.entry(index))) {
                        throw new ConditionFailedException("entry " + index + " is about what would be dropped");
                    }
                }
            } catch (IOException e) {
                throw new ConditionFailedException("what happened since cannot be read: " + e.getMessage());
            }
        };
    }
}
