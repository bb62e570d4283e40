package io.jenkins.plugins.rollback.engine.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
        Optional<String> over = isOver(approval, now);
        if (over.isPresent()) {
            return over;
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

    /** The groups that a policy wants to hear give nobody a voice: they are a condition on the voices that count. */
    private static boolean isApprover(SortedSet<String> approvers, String user, Set<String> groups) {
        return approvers.isEmpty()
                || approvers.contains(user)
                || groups.stream().anyMatch(approvers::contains);
    }

    /** The groups of a policy that this person is in, as positions. */
    static List<Integer> groupsOf(ApprovalPolicy policy, String user, Set<String> groups) {
        List<Integer> positions = new ArrayList<>();
        int position = 0;
        for (String group : policy.groups().keySet()) {
            if (group.equals(user) || groups.contains(group)) {
                positions.add(position);
            }
            position++;
        }
        return positions;
    }

    /** Why a yes may not be given for this reason; empty when it may. A no needs no more than some reason. */
    static Optional<String> whyNotFor(ApprovalPolicy policy, String reason) {
        String pattern = policy.reasonPattern();
        try {
            return pattern == null || Pattern.compile(pattern).matcher(reason).find()
                    ? Optional.empty()
                    : Optional.of("policy " + policy.id() + " wants a reason that contains " + pattern);
        } catch (PatternSyntaxException e) {
            // it was valid where the question was asked, on a newer Java perhaps: nobody can say yes, all see why
            return Optional.of("policy " + policy.id() + " wants a reason that contains " + pattern
                    + ", which is no regular expression here: " + e.getDescription());
        }
    }

    /** The rule, if any, that forbids taking a vote back. */
    static Optional<String> whyNotTakeBack(Approval approval, Set<String> voted, String user, Instant now) {
        return isOver(approval, now)
                .or(() ->
                        user != null && voted.contains(user) ? Optional.empty() : Optional.of(user + " has not voted"));
    }

    private static Optional<String> isOver(Approval approval, Instant now) {
        if (approval.isSettled()) {
            return Optional.of("approval " + approval.id() + " is settled: "
                    + approval.state().name().toLowerCase(Locale.ROOT));
        }
        return now.isBefore(approval.until())
                ? Optional.empty()
                : Optional.of("approval " + approval.id() + " expired at " + approval.until());
    }

    private static boolean containsIgnoringCase(Set<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
