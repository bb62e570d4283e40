package io.jenkins.plugins.rollback.engine.approval;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Who must say yes.
 *
 * @param id what steps call it ({@code approval: 'production'})
 * @param approvers ids of users and groups; empty means everybody with the permission Rollback/Approve
 * @param quorum how many must approve, at least 1
 * @param groups how many of these groups (or of these users) must be among those who approve, at least 1 each. One
 *     person counts for one group only, so {@code {release-managers=1, security=1}} is always two people. It makes nobody
 *     an approver, so that wanting more groups never lets more people in
 * @param requesterMayApprove whether who asked for the rollback may approve it; where nobody is known as requester,
 *     {@code false} cannot be satisfied by anybody unless {@code approvers} names them
 * @param reasonPattern regular expression of which the reason of a yes must contain a match, or {@code null}
 * @param expiry how long to wait
 */
public record ApprovalPolicy(
        String id,
        SortedSet<String> approvers,
        int quorum,
        SortedMap<String, Integer> groups,
        boolean requesterMayApprove,
        String reasonPattern,
        Duration expiry) {

    public ApprovalPolicy {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** One that asks for nothing of certain groups and takes any reason. */
    public ApprovalPolicy(
            String id, SortedSet<String> approvers, int quorum, boolean requesterMayApprove, Duration expiry) {
        this(id, approvers, quorum, Collections.emptySortedMap(), requesterMayApprove, null, expiry);
    }

    /** How many people must approve: the quorum, or more where the groups need more. */
    public int people() {
        return Math.max(
                quorum, groups.values().stream().mapToInt(Integer::intValue).sum());
    }
}
