package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.ledger.witness.OnHold;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.List;
import java.util.Optional;

/**
 * The rule for the times in which nothing may start by itself. There are two: a shared ledger cannot reach its store, so
 * what other controllers do is not known and a lease or a limit says nothing; or the ledger is on hold, because it may be
 * a copy beside which the original goes on. Only a person may start something then, and only a rollback.
 */
public final class Standstill {

    private final Ledger ledger;
    private final LedgerGuard guard; // null for a ledger that nobody watches

    /** @param guard of this ledger */
    public Standstill(Ledger ledger, LedgerGuard guard) {
        this.ledger = ledger;
        this.guard = guard;
    }

    /** For a ledger that nobody watches. */
    static Standstill of(Ledger ledger) {
        return new Standstill(ledger, null);
    }

    /** Why nothing may start by itself, to be put after "while"; empty when all is well. */
    public Optional<String> reason() {
        return onHold().map(hold -> "the ledger is on hold (" + hold.why() + ")")
                .or(() -> ledger.detached().map(why -> "the ledger is cut off from other controllers (" + why + ")"));
    }

    private Optional<OnHold> onHold() {
        return guard == null ? Optional.empty() : guard.onHold();
    }

    /** @throws ConditionFailedException when no person starts what is to start, and nothing may start by itself */
    void require(boolean byPerson, String what) throws ConditionFailedException {
        Optional<String> why = reason();
        if (why.isPresent() && !byPerson) {
            throw new ConditionFailedException(
                    what + " cannot start by itself while " + why.get() + "; a rollback that a person starts can");
        }
    }

    /**
     * To be asked before something begins that was recorded earlier, perhaps in another life of this controller. On hold,
     * that may be the original's, which goes on with it there.
     *
     * @param timeline what is recorded of it
     * @throws ConditionFailedException when the ledger is on hold, and no person has asked for it since this controller
     *     began to use the ledger
     */
    public void requireOfToday(List<Entry> timeline) throws ConditionFailedException {
        Optional<OnHold> hold = onHold();
        if (hold.isPresent()
                && timeline.stream().noneMatch(entry -> entry.number() >= guard.start() && isByPerson(entry))) {
            throw new ConditionFailedException("what was begun before does not go on while the ledger is on hold ("
                    + hold.get().why() + "); an administrator has to confirm it under Manage Jenkins");
        }
    }

    private boolean isByPerson(Entry entry) {
        return ledger.people().actor(entry.actor()).filter(Actor::isUser).isPresent();
    }
}
