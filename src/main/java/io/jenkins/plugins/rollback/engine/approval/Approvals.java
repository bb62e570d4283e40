package io.jenkins.plugins.rollback.engine.approval;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Asks for approvals, takes votes and settles: a projection of the ledger plus the commands that append to it.
 * Settling is atomic; whatever is clicked at once, exactly one outcome results.
 */
public final class Approvals implements Projection {

    public Approvals(Ledger ledger, Clock clock) {
        throw new UnsupportedOperationException("skeleton");
    }

    @Override
    public void apply(Entry entry) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Puts the question under an id of the caller; the same id again returns how it stands. */
    public Approval ask(String id, Target target, String rollback, String from, String to, String subject,
            ApprovalPolicy policy, SortedSet<String> requesters, String build) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Records a vote.
     *
     * @param user the voter's id
     * @param groups the groups the voter is in
     * @param reason free text, required
     * @throws ConditionFailedException when the voter may not vote (saying which rule forbids it), the reason is blank,
     *     or the approval is settled (saying by whom and how)
     */
    public Approval vote(String id, String user, Set<String> groups, boolean approve, String reason)
            throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Whether this voter could vote now: empty, or the rule that forbids it, for a person. */
    public Optional<String> whyNot(String id, String user, Set<String> groups) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Settles as EXPIRED what is past its time; call it from a timer. */
    public void expire() throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Settles as ENDED because what waited is gone; harmless when settled. */
    public void end(String id, String cause) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }

    public Optional<Approval> find(String id) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Those that wait, oldest first. */
    public List<Approval> waiting() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Calls back, on the thread that settled it and after the append returned, for each approval that gets settled. */
    public void onSettled(Consumer<Approval> listener) {
        throw new UnsupportedOperationException("skeleton");
    }
}
