package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import java.util.Optional;

/**
 * The rule for the time in which a shared ledger cannot reach its store: what other controllers do is not known, so a
 * lease or a limit says nothing. Only a person may start something then, and only a rollback.
 */
final class WhileDetached {

    private WhileDetached() {}

    /** @throws ConditionFailedException when the ledger is detached and no person starts what is to start */
    static void require(Ledger ledger, boolean byPerson, String what) throws ConditionFailedException {
        Optional<String> why = ledger.detached();
        if (why.isPresent() && !byPerson) {
            throw new ConditionFailedException(what + " cannot start by itself while the ledger is cut off from other"
                    + " controllers (" + why.get() + "); a rollback that a person starts can");
        }
    }
}
