package io.jenkins.plugins.rollback.engine.ledger.witness;

import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.ledger.Continuity;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notices that a ledger is a restored, cloned or cut off copy: compares it with what builds and witnesses hold, at the
 * start and with every checkpoint that goes out, and with the identity of the controller that used it last. Then the
 * engine is {@linkplain OnHold on hold} until a person confirms. Thread safe.
 */
public final class LedgerGuard implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(LedgerGuard.class.getName());

    /** How long a start waits for witnesses; one that answers later is compared by the thread that publishes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Ledger ledger;
    private final GuardFile file;
    private final Setup setup;
    private final Set<String> broken = new LinkedHashSet<>(); // the notes that a person has to confirm
    private final Object confirming = new Object();
    private final long start; // how many entries there were
    private volatile Witnesses witnesses;
    private OnHold hold; // or null; guarded by this

    /**
     * What a guard needs to know.
     *
     * @param folder where it remembers the identity, usually the ledger's own
     * @param identity of this controller
     * @param witnesses asked at the start; one that does not answer is asked again later and holds nothing up
     * @param pace how long a witness that has a checkpoint is left alone
     * @param clock tells since when a witness fails
     */
    public record Setup(
            Path folder, ControllerIdentity identity, List<Witness> witnesses, Duration pace, Clock clock) {}

    private LedgerGuard(Ledger ledger, Setup setup) throws IOException {
        this.ledger = ledger;
        this.setup = setup;
        start = ledger.size();
        file = GuardFile.read(setup.folder().resolve("guard"));
        witnesses = publishing(setup.witnesses());
    }

    /**
     * Compares, and from then on brings every checkpoint to the witnesses.
     *
     * @param ledger just opened; closed by its owner, after the guard
     */
    public static LedgerGuard start(Ledger ledger, Setup setup) throws IOException {
        LedgerGuard guard = new LedgerGuard(ledger, setup);
        guard.identity();
        guard.askAll(setup.witnesses());
        ledger.onCheckpoint(checkpoint -> guard.witnesses.offer(checkpoint));
        guard.witnesses.offer(ledger.checkpoint());
        return guard;
    }

    private Witnesses publishing(List<Witness> to) {
        return new Witnesses(to, this::compare, setup.pace(), setup.clock());
    }

    private synchronized void identity() throws IOException {
        ControllerIdentity before = file.identity();
        ControllerIdentity now = setup.identity();
        if (file.problem() != null) {
            hold(file.problem(), 0);
        } else if (before == null) {
            file.identity(now); // new, or from before there was a guard
        } else {
            List<String> differences = now.differencesFrom(before);
            differences.forEach(difference -> hold(difference, 0));
            if (differences.isEmpty() && !now.orUrlOf(before).equals(before)) {
                file.identity(now.orUrlOf(before));
            }
        }
    }

    /** All at once, because the slowest may take as long as all others together. */
    private void askAll(List<Witness> all) {
        List<Thread> asking = new ArrayList<>();
        for (Witness witness : all) {
            Thread thread = new Thread(() -> ask(witness), "ask the ledger's witness");
            thread.setDaemon(true);
            thread.start();
            asking.add(thread);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : asking) {
                thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Witness witness) {
        try {
            Optional<String> last = witness.last();
            if (last.isPresent()) {
                compare(witness.name(), last.get());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The ledger's witness " + witness.name() + " cannot be asked");
        }
    }

    /**
     * Compares a checkpoint that somebody else holds, and goes on hold when the ledger does not have all of it.
     *
     * @param where it was found, for a person, for example a build's name
     * @param note the signed note
     * @return whether the ledger has all of it, or a person has confirmed that it has not
     */
    public boolean compare(String where, String note) throws IOException {
        if (isConfirmed(note)) {
            return true;
        }
        Continuity continuity = ledger.tree().compare(note);
        if (!continuity.isBroken()) {
            return true;
        }
        synchronized (this) {
            broken.add(note);
            hold(
                    where + " holds " + continuity.what() + ".",
                    continuity.state() == Continuity.State.OLDER ? continuity.size() : 0);
        }
        return false;
    }

    private void hold(String reason, long lost) {
        if (hold == null || !hold.reasons().contains(reason)) {
            LOGGER.severe(() -> "The ledger is on hold: " + reason);
        }
        hold = hold == null ? new OnHold(List.of(reason), lost) : hold.and(reason, lost);
    }

    /** Why nothing may start by itself, or empty when all is well. Cheap. */
    public synchronized Optional<OnHold> onHold() {
        return Optional.ofNullable(hold);
    }

    /** How many entries there were when this controller began to use the ledger: what is older may be a copy's past. */
    public long start() {
        return start;
    }

    /** Where publishing to each witness stands. */
    public List<WitnessState> witnesses() {
        return witnesses.states();
    }

    /** From now on publishes to other witnesses. What they hold is compared first. May take seconds. */
    public void publishTo(List<Witness> others) throws IOException {
        Witnesses before = witnesses;
        Witnesses next = publishing(others);
        next.offer(ledger.checkpoint());
        witnesses = next;
        before.close();
    }

    /**
     * Tries a witness that need not be one of ours: brings it the present checkpoint, unless it holds something that this
     * ledger has not got. Nothing goes on hold for that: it may be somebody else's.
     *
     * @return what it holds now
     * @throws IOException when it does not answer, or holds something else
     */
    public Checkpoint tryOut(Witness witness) throws IOException {
        Checkpoint checkpoint = ledger.checkpoint();
        Witnesses.bring(
                checkpoint,
                witness,
                (where, note) ->
                        isConfirmed(note) || !ledger.tree().compare(note).isBroken());
        return checkpoint;
    }

    private synchronized boolean isConfirmed(String note) {
        return file.isConfirmed(note);
    }

    /**
     * A person says that this ledger is to go on nevertheless, which the ledger {@linkplain Ledger#goOn records}, and the
     * hold ends. What others hold of the time before stays where it is until the next checkpoint replaces it.
     *
     * @param confirmed what the person was shown; what was found since then stays on hold
     * @param who confirmed, and why
     * @return the entry
     * @throws IllegalStateException when nothing is on hold, or for other reasons than were shown
     */
    public Entry confirm(OnHold confirmed, Actor who, String reason) throws IOException {
        Entry entry;
        synchronized (confirming) { // of two who confirm at once one is heard
            List<String> notes;
            synchronized (this) {
                if (!confirmed.equals(hold)) {
                    throw new IllegalStateException("the ledger is not on hold for this reason");
                }
                notes = List.copyOf(broken);
            }
            entry = ledger.goOn(confirmed.why(), confirmed.lost(), who, reason);
            synchronized (this) {
                file.confirm(setup.identity(), notes);
                broken.removeAll(notes);
                if (confirmed.equals(hold)) { // else something new was found meanwhile, which nobody has confirmed
                    hold = null;
                }
            }
        }
        witnesses.retryNow();
        return entry;
    }

    /** Brings the last checkpoint to the witnesses that answer, for some seconds at the most. */
    @Override
    public void close() {
        witnesses.close();
    }
}
