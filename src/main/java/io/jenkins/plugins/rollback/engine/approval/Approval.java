package io.jenkins.plugins.rollback.engine.approval;

import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A question put to people: may this rollback happen?
 *
 * @param id made by {@code Ids}, prefix {@code ap}
 * @param target service and environment
 * @param rollback id of the rollback
 * @param from version to be left, or {@code null}
 * @param to version to go back to
 * @param subject SHA-256 over what is approved; if it changes, this approval is not for it
 * @param policy what must be satisfied
 * @param requesters user ids of those who asked; empty when nobody is known
 * @param build the build that waits, or {@code null}
 * @param askedAt when
 * @param until when it expires
 * @param state how it stands
 * @param votes what was said, in order
 */
public record Approval(
        String id,
        Target target,
        String rollback,
        String from,
        String to,
        String subject,
        ApprovalPolicy policy,
        SortedSet<String> requesters,
        String build,
        Instant askedAt,
        Instant until,
        State state,
        List<Vote> votes) {

    /** How an approval stands. Exactly one of the settled states is ever reached. */
    public enum State {
        WAITING,
        APPROVED,
        REJECTED,
        EXPIRED,
        /** What waited for it is gone. */
        ENDED
    }

    /**
     * One person's word.
     *
     * @param actor commitment, as in the ledger
     * @param approve yes or no
     * @param groups the groups of {@link ApprovalPolicy#groups()} that the person was in when they voted, as positions
     * @param reason commitment, as in the ledger
     */
    public record Vote(String actor, boolean approve, List<Integer> groups, String reason, Instant at) {}

    /** How many people of each group of the policy are still to say yes; without those of which nobody is. */
    public SortedMap<String, Integer> missingOf() {
        List<String> names = new ArrayList<>(policy.groups().keySet());
        int[] free = Seats.free(
                List.copyOf(policy.groups().values()),
                votes.stream().filter(Vote::approve).map(Vote::groups).toList());
        SortedMap<String, Integer> missing = new TreeMap<>();
        for (int i = 0; i < free.length; i++) {
            if (free[i] > 0) {
                missing.put(names.get(i), free[i]);
            }
        }
        return Collections.unmodifiableSortedMap(missing);
    }

    public boolean isSettled() {
        return state != State.WAITING;
    }
}
