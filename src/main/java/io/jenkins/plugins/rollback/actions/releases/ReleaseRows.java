package io.jenkins.plugins.rollback.actions.releases;

import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.VaultFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what a page says about some releases; for one request. */
final class ReleaseRows {

    private final RollbackEngine engine;
    private final ReleaseScope scope;
    private final Map<String, Boolean> mayRetain = new HashMap<>();
    private final Map<ReleaseId, List<String>> deployedIn = new HashMap<>();
    private final Map<ReleaseId, List<String>> lastGoodIn = new HashMap<>();

    ReleaseRows(RollbackEngine engine, ReleaseScope scope) {
        this.engine = engine;
        this.scope = scope;
    }

    List<ReleaseRow> of(List<Release> releases) {
        findUses(releases.stream().map(release -> release.id().service()).collect(Collectors.toSet()));
        Map<ReleaseId, String> held = engine.releaseSweep().held(releases);
        return releases.stream()
                .map(release -> new ReleaseRow(release, facts(release, held.get(release.id()))))
                .toList();
    }

    private void findUses(Set<String> services) {
        Catalog catalog = engine.catalog();
        catalog.targets().stream()
                .filter(target -> services.contains(target.service()))
                .forEach(target -> {
                    add(deployedIn, catalog.deployed(target), target.environment());
                    add(lastGoodIn, catalog.lastGood(target, null).chosen(), target.environment());
                });
    }

    private static void add(Map<ReleaseId, List<String>> uses, Optional<Deployment> found, String environment) {
        found.ifPresent(deployment -> uses.computeIfAbsent(deployment.release(), id -> new ArrayList<>())
                .add(environment));
    }

    private ReleaseRow.Facts facts(Release release, String hold) {
        ReleaseId id = release.id();
        Entry pin = engine.catalog().pin(id).map(found -> entry(found.entry())).orElse(null);
        VaultResult checked = VaultCheck.get().last();
        return new ReleaseRow.Facts(
                deployedIn.getOrDefault(id, List.of()),
                lastGoodIn.getOrDefault(id, List.of()),
                checked != null && checked.at().isAfter(release.retainedAt()) ? checked.at() : null,
                problem(release, checked),
                pin,
                engine.ledger().people(),
                hold,
                mayRetain.computeIfAbsent(id.service(), scope::mayRetain));
    }

    /** The entry of a pin; kept for ever, so it is there unless the ledger is damaged, which others tell. */
    private Entry entry(long index) {
        try {
            return engine.ledger().entry(index);
        } catch (IOException e) {
            return null;
        }
    }

    /** Why a release cannot be restored, as far as is known without reading all of it; or {@code null}. */
    private String problem(Release release, VaultResult checked) {
        try {
            Optional<Manifest> manifest = engine.vault().manifest(release.id());
            if (manifest.isEmpty()) {
                return Messages.ReleaseRow_notHere();
            }
            if (!manifest.get().hash().equals(release.manifest())) {
                return Messages.ReleaseRow_otherManifest();
            }
        } catch (IOException e) {
            return e.getMessage();
        }
        return checked == null
                ? null
                : checked.fault(release.id()).map(ReleaseRows::describe).orElse(null);
    }

    private static String describe(VaultFault fault) {
        return fault.file() == null ? fault.what() : fault.file() + ": " + fault.what();
    }
}
