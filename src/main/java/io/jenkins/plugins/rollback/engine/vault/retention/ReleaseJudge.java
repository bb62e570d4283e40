package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.model.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides about the releases of one service. A release belongs to the environments in which it was ever deployed and to
 * the one that it was built for; it goes only when the rule of each of them lets it go.
 */
final class ReleaseJudge {

    /** A build that has just retained it may be about to deploy it; the vault spares what is younger, too. */
    static final Duration SPARED = Duration.ofDays(1);

    private final ReleaseUse use;
    private final ReleasePolicy policy;
    private final Instant now;

    ReleaseJudge(ReleaseUse use, ReleasePolicy policy, Instant now) {
        this.use = use;
        this.policy = policy;
        this.now = now;
    }

    ReleaseDecision decide(Release release) {
        String needed = use.whyKept(release).orElse(null);
        if (needed != null) {
            return new ReleaseDecision(release, false, needed);
        }
        if (release.retainedAt().isAfter(now.minus(SPARED))) {
            return new ReleaseDecision(release, false, "retained less than a day ago");
        }
        Set<String> passed = new TreeSet<>();
        for (String environment : use.environmentsOf(release)) {
            ReleaseRule rule = policy.rule(release.id().service(), environment).orElse(null);
            if (rule == null) {
                return new ReleaseDecision(
                        release, false, "no policy for " + (environment == null ? "it" : environment));
            }
            String why = whyKept(release, environment, rule);
            if (why != null) {
                return new ReleaseDecision(release, false, why + " (" + rule.describe() + ")");
            }
            passed.add(rule.describe());
        }
        return new ReleaseDecision(release, true, String.join("; ", passed));
    }

    private String whyKept(Release release, String environment, ReleaseRule rule) {
        String version = release.id().version();
        if (rule.keepsEverything()) {
            return "kept for ever";
        }
        if (rule.keepsVersion(version)) {
            return "its version is kept";
        }
        List<EnvironmentUse> there = use.environments(environment);
        Instant lastUsed = there.stream()
                .map(one -> one.lastUsed(version))
                .filter(release.retainedAt()::isBefore)
                .max(Instant::compareTo)
                .orElse(release.retainedAt());
        if (rule.isWithinTime(lastUsed, now)) {
            return "within its time";
        }
        if (rule.lastGood() > 0 && there.stream().anyMatch(one -> one.isAmongGood(version, rule.lastGood()))) {
            return "among the last good";
        }
        if (rule.lastGood() > 0 && (there.isEmpty() || there.stream().anyMatch(one -> one.isToCome(release)))) {
            return "newer than the last-good one";
        }
        return null;
    }
}
