package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one environment has to do with the versions of a service, as of the moment it was made. */
final class EnvironmentUse {

    private final String environment;
    private final List<String> good; // newest first
    private final Map<String, Instant> lastUsed = new HashMap<>();
    private final Map<String, String> needed = new HashMap<>();
    private final long newestGood; // entry that retained it; -1 for none

    EnvironmentUse(Catalog catalog, Target target, int mostGood) {
        environment = target.environment();
        List<Deployment> newestFirst = catalog.deployments(target);
        for (Deployment deployment : newestFirst) {
            Instant end = deployment.endedAt() == null ? deployment.startedAt() : deployment.endedAt();
            lastUsed.merge(deployment.version(), end, (one, other) -> one.isAfter(other) ? one : other);
        }
        good = catalog.good(target, Math.max(1, mostGood)).stream()
                .map(Deployment::version)
                .toList();
        newestGood = good.stream()
                .findFirst()
                .flatMap(version -> catalog.release(new ReleaseId(target.service(), version)))
                .map(Release::entry)
                .orElse(-1L);
        need(catalog, target, newestFirst);
    }

    /** What runs, what may run because it came last, and what would be gone back to from each of them. */
    private void need(Catalog catalog, Target target, List<Deployment> newestFirst) {
        Optional<Deployment> deployed = catalog.deployed(target);
        deployed.ifPresent(now -> need(now.version(), "deployed in " + environment));
        need(catalog.lastGood(target, null), "last-good in ");
        if (!newestFirst.isEmpty()) {
            String newest = newestFirst.get(0).version();
            need(newest, "came last in " + environment);
            need(catalog.lastGood(target, newest), "the way back in ");
        }
        deployed.ifPresent(now -> need(catalog.lastGood(target, now.version()), "the way back in "));
    }

    private void need(LastGood found, String why) {
        found.chosen().ifPresent(deployment -> need(deployment.version(), why + environment));
    }

    private void need(String version, String why) {
        needed.putIfAbsent(version, why);
    }

    String environment() {
        return environment;
    }

    /** Why the environment cannot do without a version, or {@code null}. */
    String whyNeeded(String version) {
        return needed.get(version);
    }

    /** Whether it was ever deployed here. */
    boolean knows(String version) {
        return lastUsed.containsKey(version);
    }

    /** When it was last deployed here; long ago when never. */
    Instant lastUsed(String version) {
        return lastUsed.getOrDefault(version, Instant.MIN);
    }

    boolean isAmongGood(String version, int most) {
        int place = good.indexOf(version);
        return place >= 0 && place < most;
    }

    /** Whether a release is younger than every good one here: it may be about to come. */
    boolean isToCome(Release release) {
        return release.entry() > newestGood;
    }
}
