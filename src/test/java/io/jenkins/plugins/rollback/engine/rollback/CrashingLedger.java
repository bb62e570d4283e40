package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.ledger.Condition;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import java.io.IOException;
import java.util.List;

/** A ledger whose process ends at the n-th note of an action, before or after it is written. */
public final class CrashingLedger implements Ledger {

    /** What the end of a process looks like from inside: nothing handles it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    private final Ledger real;
    private final int at;
    private final boolean after;
    private final Runnable end;
    private int notes;

    CrashingLedger(Ledger real, int at, boolean after, Runnable end) {
        this.real = real;
        this.at = at;
        this.after = after;
        this.end = end;
    }

    static CrashingLedger throwing(Ledger real, int at, boolean after) {
        return new CrashingLedger(real, at, after, () -> {
            throw new Crash((after ? "after" : "before") + " note " + at);
        });
    }

    @Override
    public Entry append(Event event, Condition condition) throws IOException, ConditionFailedException {
        boolean here = event.kind().wire().startsWith("action.") && notes++ == at;
        if (here && !after) {
            end.run();
        }
        Entry entry = real.append(event, condition);
        if (here) {
            end.run();
        }
        return entry;
    }

    @Override
    public String origin() {
        return real.origin();
    }

    @Override
    public long size() {
        return real.size();
    }

    @Override
    public Entry entry(long index) throws IOException {
        return real.entry(index);
    }

    @Override
    public List<Entry> entries(long from, long to) throws IOException {
        return real.entries(from, to);
    }

    @Override
    public byte[] raw(long index) throws IOException {
        return real.raw(index);
    }

    @Override
    public Tree tree() throws IOException {
        return real.tree();
    }

    @Override
    public Checkpoint checkpoint() throws IOException {
        return real.checkpoint();
    }

    @Override
    public String sign(String kind, String body) throws IOException {
        return real.sign(kind, body);
    }

    @Override
    public void attach(Projection projection, long from) throws IOException {
        real.attach(projection, from);
    }

    @Override
    public People people() {
        return real.people();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
