package io.jenkins.plugins.rollback.engine.ledger.witness;

import io.jenkins.plugins.rollback.engine.ledger.Continuity;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices that a ledger is a restored, cloned or cut off copy: compares it with what builds and witnesses hold, at the
 * start and with every checkpoint that goes out, and with the identity of the controller that used it last. Then the
 * engine is {@linkplain OnHold on hold} until a person confirms, which begins a new epoch. Thread safe.
 */
public final class LedgerGuard implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(LedgerGuard.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    private static final Pattern NUMBERED = Pattern.compile("(.*/)([0-9]{1,9})(-[0-9a-f]+)?");

    private final SecureRandom random = new SecureRandom();
    private final FileLedger ledger;
    private final GuardFile file;
    private final String identity;
    private final Witnesses witnesses;
    private final Set<String> broken = new LinkedHashSet<>(); // the notes that a person has to confirm
    private OnHold hold; // or null; guarded by this

    private LedgerGuard(FileLedger ledger, Path folder, String identity, List<Witness> witnesses) throws IOException {
        this.ledger = ledger;
        this.identity = identity;
        file = GuardFile.read(folder.resolve("guard"));
        this.witnesses = new Witnesses(witnesses, this::mayFollow, FIRST_RETRY, LAST_RETRY);
    }

    /**
     * Compares, and from then on brings every checkpoint to the witnesses.
     *
     * @param ledger just opened; closed by its owner, after the guard
     * @param folder where the guard remembers the identity, usually the ledger's own
     * @param identity of this controller and its URL, in a form that changes when either does
     * @param witnesses asked now; one that does not answer is asked again later and holds nothing up
     * @param held signed notes that others have, by where they were found, for example a build's name
     */
    public static LedgerGuard start(
            FileLedger ledger, Path folder, String identity, List<Witness> witnesses, Map<String, String> held)
            throws IOException {
        LedgerGuard guard = new LedgerGuard(ledger, folder, identity, witnesses);
        guard.identity();
        for (Map.Entry<String, String> other : held.entrySet()) {
            guard.mayFollow(other.getKey(), other.getValue());
        }
        for (Witness witness : witnesses) {
            guard.ask(witness);
        }
        ledger.onCheckpoint(guard.witnesses::offer);
        guard.witnesses.offer(ledger.checkpoint());
        return guard;
    }

    private synchronized void identity() throws IOException {
        String before = file.identity();
        if (before == null) {
            file.identity(identity); // new, or from before there was a guard
        } else if (!before.equals(identity)) {
            hold("The ledger was last used by " + before + "; this is " + identity + ".", 0);
        }
    }

    private void ask(Witness witness) throws IOException {
        Optional<String> last;
        try {
            last = witness.last();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The ledger's witness " + witness.name() + " cannot be asked");
            return;
        }
        if (last.isPresent()) {
            mayFollow(witness.name(), last.get());
        }
    }

    /** Compares one more checkpoint, found after the start. @return whether the ledger has all of it */
    public boolean compare(String where, String note) throws IOException {
        return mayFollow(where, note);
    }

    private boolean mayFollow(String where, String note) throws IOException {
        synchronized (this) {
            if (file.isConfirmed(note)) {
                return true;
            }
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

    /** Where publishing to each witness stands. */
    public List<WitnessState> witnesses() {
        return witnesses.states();
    }

    /**
     * A person says that this ledger is to go on nevertheless: a new epoch begins, with a new origin and key, and the
     * hold ends. What others hold of the old epoch stays where it is, and is evidence of what was given up.
     *
     * @param who confirmed, and why
     * @return the entry that links the epochs
     * @throws IllegalStateException when nothing is on hold
     */
    public Entry confirm(Actor who, String reason) throws IOException {
        OnHold confirmed;
        List<String> notes;
        synchronized (this) {
            if (hold == null) {
                throw new IllegalStateException("the ledger is not on hold");
            }
            confirmed = hold;
            notes = List.copyOf(broken);
        }
        Entry entry = ledger.startEpoch(nextOrigin(ledger.origin()), confirmed.why(), confirmed.lost(), who, reason);
        synchronized (this) {
            file.confirm(identity, notes);
            broken.removeAll(notes);
            if (confirmed.equals(hold)) { // else something new was found meanwhile, which nobody has confirmed
                hold = null;
            }
        }
        witnesses.retryNow();
        return entry;
    }

    /** Counts on, with a random part: two copies that are both confirmed must not get one name. */
    private String nextOrigin(String origin) {
        Matcher numbered = NUMBERED.matcher(origin);
        String apart = String.format("-%08x", random.nextInt());
        return numbered.matches()
                ? numbered.group(1) + (Long.parseLong(numbered.group(2)) + 1) + apart
                : origin + "/2" + apart;
    }

    /** Stops bringing checkpoints to the witnesses. */
    @Override
    public void close() {
        witnesses.close();
    }
}
