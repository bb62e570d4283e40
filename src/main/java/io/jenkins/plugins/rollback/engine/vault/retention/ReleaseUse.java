package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the releases of a service are used for, as of the moment it was made. What it needs is never dropped, whatever a
 * policy says: what is deployed or last-good anywhere, what an open deployment or rollback names, what a running step
 * waits with, what is pinned or under a legal hold. Made from memory alone, so a condition of the ledger may make one.
 */
final class ReleaseUse {

    private final Catalog catalog;
    private final List<Hold> holds;
    private final List<EnvironmentUse> environments;
    private final Map<String, String> needed = new HashMap<>();

    /**
     * @param wanted releases that somebody outside the ledger is about to use
     * @param mostGood how many good releases of an environment count
     */
    ReleaseUse(Catalog catalog, Holds holds, Set<ReleaseId> wanted, String service, int mostGood) {
        this.catalog = catalog;
        this.holds = holds.list();
        environments = catalog.targets().stream()
                .filter(target -> target.service().equals(service))
                .map(target -> new EnvironmentUse(catalog, target, mostGood))
                .toList();
        for (Deployment open : catalog.openDeployments()) {
            if (open.target().service().equals(service)) {
                need(open.version(), "deployment " + open.id() + " is going on");
            }
        }
        for (RollbackInfo open : catalog.openRollbacks()) {
            if (open.target().service().equals(service)) {
                needAll(open);
            }
        }
        wanted.stream()
                .filter(id -> id.service().equals(service))
                .forEach(id -> need(id.version(), "a step that runs names it"));
    }

    private void needAll(RollbackInfo open) {
        String why = "rollback " + open.id() + " is " + open.state().name().toLowerCase(Locale.ROOT);
        need(open.to(), why);
        need(open.from(), why);
        if (open.deployment() != null) {
            catalog.deployment(open.deployment()).ifPresent(taken -> need(taken.version(), why));
        }
    }

    private void need(String version, String why) {
        if (version != null) {
            needed.putIfAbsent(version, why);
        }
    }

    /** Why a release is kept whatever the policies say, for a person; empty when they decide. */
    Optional<String> whyKept(Release release) {
        String version = release.id().version();
        for (EnvironmentUse environment : environments) {
            if (environment.whyNeeded(version) != null) {
                return Optional.of(environment.whyNeeded(version));
            }
        }
        if (needed.containsKey(version)) {
            return Optional.of(needed.get(version));
        }
        if (catalog.pin(release.id()).isPresent()) {
            return Optional.of("pinned");
        }
        return hold(release).map(hold -> "legal hold " + hold.id());
    }

    /** The first hold that is about a release. */
    Optional<Hold> hold(Release release) {
        return holds.stream().filter(hold -> isHeld(hold.on(), release)).findFirst();
    }

    /**
     * Whether a hold is about a release, in doubt yes: whose deed a hold is about is not asked, and one about a period
     * holds whatever was there before its end.
     */
    private boolean isHeld(Hold.Scope on, Release release) {
        ReleaseId id = release.id();
        return (on.service() == null || on.service().equals(id.service()))
                && (on.environment() == null || environmentsOf(release).contains(on.environment()))
                && (on.to() == null || release.retainedAt().isBefore(on.to()))
                && (on.subject() == null || isOf(on.subject(), id));
    }

    private boolean isOf(String subject, ReleaseId id) {
        boolean deployed = catalog.deployment(subject)
                .filter(deployment -> deployment.release().equals(id))
                .isPresent();
        return deployed
                || catalog.rollback(subject)
                        .filter(rollback -> rollback.target().service().equals(id.service()))
                        .filter(rollback -> id.version().equals(rollback.to())
                                || id.version().equals(rollback.from()))
                        .isPresent();
    }

    /** Where it was ever deployed, and what it was built for; holds {@code null} alone when there is neither. */
    Set<String> environmentsOf(Release release) {
        Set<String> names = new HashSet<>();
        if (release.environment() != null) {
            names.add(release.environment());
        }
        environments.stream()
                .filter(environment -> environment.knows(release.id().version()))
                .forEach(environment -> names.add(environment.environment()));
        if (names.isEmpty()) {
            names.add(null);
        }
        return names;
    }

    /** The environments that a name stands for: that one, or all when it is {@code null}. */
    List<EnvironmentUse> environments(String name) {
        return environments.stream()
                .filter(environment -> name == null || Objects.equals(name, environment.environment()))
                .toList();
    }
}
