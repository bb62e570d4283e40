package io.jenkins.plugins.rollback.actions;

import hudson.model.User;
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
}
