package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** What somebody can say to an approval that waits, whichever door they come through. */
enum Decision {
    APPROVE("approve"),
    REJECT("reject"),
    TAKE_BACK("takeBack");

    private final String word;

    Decision(String word) {
        this.word = word;
    }

    /** As forms, REST and the command line spell it; empty for any other word and {@code null}. */
    static Optional<Decision> of(String word) {
        return Arrays.stream(values())
                .filter(decision -> decision.word.equals(word))
                .findFirst();
    }

    /** @throws ConditionFailedException as {@link Approvals#vote} and {@link Approvals#takeBack} do */
    void carryOut(Approvals approvals, String id, Voter voter, String reason)
            throws IOException, ConditionFailedException {
        switch (this) {
            case APPROVE -> approvals.vote(id, voter.id(), voter.groups(), true, reason);
            case REJECT -> approvals.vote(id, voter.id(), voter.groups(), false, reason);
            case TAKE_BACK -> approvals.takeBack(id, voter.id(), reason);
        }
    }
}
