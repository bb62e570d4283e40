package io.jenkins.plugins.rollback.engine.approval;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Which rule, if any, forbids a vote. Names of people are compared so that a different spelling of the same id never
 * helps: exactly where a match allows, ignoring case where a match forbids.
 */
final class VotingRules {

    private VotingRules() {}

    /**
     * The rule that forbids it, for a person; empty when the vote may be cast.
     *
     * @param voted ids of those who voted before
     * @param approve whether the vote is a yes: who asked may still say no
     */
    static Optional<String> whyNot(
            Approval approval, Set<String> voted, String user, Set<String> groups, boolean approve, Instant now) {
        if (approval.isSettled()) {
            return Optional.of("approval " + approval.id() + " is settled: "
                    + approval.state().name().toLowerCase(Locale.ROOT));
        }
        if (!now.isBefore(approval.until())) {
            return Optional.of("approval " + approval.id() + " expired at " + approval.until());
        }
        if (user == null || user.isBlank()) {
            return Optional.of("nobody is logged in");
        }
        ApprovalPolicy policy = approval.policy();
        if (!isApprover(policy.approvers(), user, groups)) {
            return Optional.of("policy " + policy.id() + " does not name " + user + " as an approver");
        }
        if (containsIgnoringCase(voted, user)) {
            return Optional.of(user + " has voted already");
        }
        if (approve && !policy.requesterMayApprove()) {
            return separationOfDuties(approval, user);
        }
        return Optional.empty();
    }

    private static Optional<String> separationOfDuties(Approval approval, String user) {
        if (approval.requesters().isEmpty()) {
            // without a known requester nobody can be shown to be somebody else, unless the policy trusts this very
            // user
            return approval.policy().approvers().contains(user)
                    ? Optional.empty()
                    : Optional.of("policy " + approval.policy().id() + " wants somebody else than who asked, and nobody"
                            + " is known as having asked; only an approver named by user id may approve");
        }
        return containsIgnoringCase(approval.requesters(), user)
                ? Optional.of("policy " + approval.policy().id() + " wants somebody else than " + user + ", who asked")
                : Optional.empty();
    }

    private static boolean isApprover(SortedSet<String> approvers, String user, Set<String> groups) {
        return approvers.isEmpty()
                || approvers.contains(user)
                || groups.stream().anyMatch(approvers::contains);
    }

    private static boolean containsIgnoringCase(Set<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
