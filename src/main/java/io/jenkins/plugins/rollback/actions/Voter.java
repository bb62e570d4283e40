package io.jenkins.plugins.rollback.actions;

import hudson.model.User;
import hudson.security.AccessControlled;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The viewer as somebody who may vote.
 *
 * @param id user id
 * @param groups what the security realm says they are in
 */
record Voter(String id, Set<String> groups) {

    /** The current user, or empty when it is nobody in particular (anonymous, SYSTEM). */
    static Optional<Voter> current() {
        User user = User.current();
        if (user == null) {
            return Optional.empty();
        }
        Authentication authentication = Jenkins.getAuthentication2();
        Set<String> groups = authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return Optional.of(new Voter(user.getId(), groups));
    }

    /**
     * Why the current user cannot approve or reject now, for a person; empty when they can.
     *
     * @param at the build that asked, or its job
     * @param approve whether it is about a yes: who asked may still say no
     */
    static Optional<String> whyNot(AccessControlled at, String approval, boolean approve) {
        if (!at.hasPermission(RollbackPermissions.APPROVE)) {
            return Optional.of(Messages.BuildApprovals_noPermission());
        }
        Optional<Voter> voter = current();
        return voter.isEmpty()
                ? Optional.of(Messages.BuildApprovals_nobody())
                : RollbackEngine.get()
                        .approvals()
                        .whyNot(approval, voter.get().id(), voter.get().groups(), approve);
    }
}
