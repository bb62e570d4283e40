package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.util.ArrayList;
import java.util.List;

/**
 * Why nothing may start by itself and no plan may go on: this ledger may not be the one that people believe it to be.
 * A person decides, see {@link LedgerGuard#confirm}.
 *
 * @param reasons for a person, a sentence each, at least one
 * @param lost how many entries somebody else has seen, when that is more than there are here, else 0
 */
public record OnHold(List<String> reasons, long lost) {

    public OnHold {
        reasons = List.copyOf(reasons);
    }

    /** All reasons in one text. */
    public String why() {
        return String.join(" ", reasons);
    }

    OnHold and(String reason, long seen) {
        if (reasons.contains(reason)) {
            return this;
        }
        List<String> all = new ArrayList<>(reasons);
        all.add(reason);
        return new OnHold(all, Math.max(lost, seen));
    }
}
