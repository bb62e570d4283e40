package io.jenkins.plugins.rollback.engine.vault.retention;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All rules together. Where no rule applies, everything is kept.
 *
 * @param rules at most one for each pair of service and environment
 */
public record ReleasePolicy(List<ReleaseRule> rules) {

    /** Nothing is ever dropped. */
    public static final ReleasePolicy KEEP_EVERYTHING = new ReleasePolicy(List.of());

    /** @throws IllegalArgumentException when two rules are for the same */
    public ReleasePolicy {
        rules = List.copyOf(rules);
        Set<List<String>> seen = new HashSet<>();
        for (ReleaseRule rule : rules) {
            String service = rule.service() == null ? "*" : rule.service();
            String environment = rule.environment() == null ? "*" : rule.environment();
            if (!seen.add(List.of(service, environment))) {
                throw new IllegalArgumentException("there are two retention rules for service '" + service
                        + "' and environment '" + environment + "'");
            }
        }
    }

    /** Whether no rule could drop anything. */
    public boolean keepsEverything() {
        return rules.stream().allMatch(ReleaseRule::keepsEverything);
    }

    /** How many good releases of an environment some rule counts; the ledger must remember that many. */
    public int mostGood() {
        return rules.stream().mapToInt(ReleaseRule::lastGood).max().orElse(0);
    }

    /** @param environment or {@code null} for releases that belong to none */
    Optional<ReleaseRule> rule(String service, String environment) {
        return rules.stream()
                .filter(rule -> rule.isFor(service, environment))
                .max(Comparator.comparingInt(ReleaseRule::precision));
    }
}
