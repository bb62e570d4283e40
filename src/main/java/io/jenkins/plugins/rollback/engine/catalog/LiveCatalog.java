package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.retention.Live;
import io.jenkins.plugins.rollback.engine.ledger.retention.LiveHistory;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * What of a catalog is not over: open deployments and rollbacks, current leases, and of each target everything back to the
 * release that would be gone back to from its last-good one, or to as many good releases as a policy counts. So what is
 * deployed, what is last-good whichever of them is left, and why nothing newer counts, is answered as before. A target
 * without so many good releases keeps all it has.
 */
public final class LiveCatalog implements LiveHistory {

    private final Catalog catalog;
    private final int good;

    public LiveCatalog(Catalog catalog) {
        this(catalog, 0);
    }

    /** @param good how many good releases of a target somebody counts on; two count always */
    public LiveCatalog(Catalog catalog, int good) {
        this.catalog = catalog;
        this.good = Math.max(2, good);
    }

    @Override
    public void tell(Live live) {
        catalog.openDeployments().forEach(deployment -> live.subject(deployment.id()));
        catalog.openRollbacks().forEach(rollback -> live.subject(rollback.id()));
        catalog.leases().forEach(lease -> live.subject(lease.holder()));
        catalog.targets().forEach(target -> tell(live, target));
    }

    private void tell(Live live, Target target) {
        List<Deployment> newestFirst = catalog.deployments(target);
        List<RollbackInfo> rollbacks = catalog.rollbacks(target);
        Optional<Deployment> oldest = oldestGood(target);
        boolean passed = false;
        for (Deployment deployment : newestFirst) {
            if (!passed) {
                live.subject(deployment.id());
            }
            passed |= oldest.isPresent() && oldest.get().id().equals(deployment.id());
        }
        for (RollbackInfo rollback : rollbacks) {
            if (oldest.isEmpty() || rollback.entry() >= oldest.get().entry()) {
                live.subject(rollback.id());
            }
            if (rollback.deployment() == null) { // it took back the newest one of the version that it left
                newestFirst.stream()
                        .filter(deployment -> deployment.version().equals(rollback.from()))
                        .forEach(deployment -> live.together(rollback.id(), deployment.id()));
            }
        }
    }

    /** The oldest good release that counts, but nothing newer than what is deployed. */
    private Optional<Deployment> oldestGood(Target target) {
        List<Deployment> newestGood = catalog.good(target, good);
        Optional<Deployment> oldest =
                newestGood.size() < good ? Optional.empty() : Optional.of(newestGood.get(good - 1));
        Optional<Deployment> deployed = catalog.deployed(target);
        List<Deployment> newestFirst = catalog.deployments(target);
        return oldest.map(last -> deployed.filter(now -> newestFirst.indexOf(now) > newestFirst.indexOf(last))
                .orElse(last));
    }
}
