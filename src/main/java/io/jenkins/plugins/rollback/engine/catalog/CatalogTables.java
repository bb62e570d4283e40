package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tables of a {@link Catalog}, all of one history. Guarded by the catalog's lock. */
final class CatalogTables {

    final ReleaseShelf shelf = new ReleaseShelf();
    private final GateTally gates = new GateTally();
    final DeploymentHistory deployments = new DeploymentHistory(gates);
    final RollbackTable rollbacks = new RollbackTable();
    final LeaseTable leases = new LeaseTable();
    final Timelines timelines = new Timelines();
    final LastGoodSearch search = new LastGoodSearch(shelf, rollbacks);
    final SortedSet<String> services = new TreeSet<>();
    final SortedSet<String> environments = new TreeSet<>();
    private long next;

    void apply(Entry entry) {
        if (entry.index() < next) {
            return; // seen already
        }
        next = entry.index() + 1;
        if (!isSane(entry)) {
            return;
        }
        if (entry.service() != null) {
            services.add(entry.service());
        }
        if (entry.environment() != null) {
            environments.add(entry.environment());
        }
        shelf.apply(entry);
        gates.apply(entry);
        deployments.apply(entry);
        rollbacks.apply(entry).ifPresent(rollback -> wentBack(rollback, entry));
        leases.apply(entry);
        timelines.apply(entry);
    }

    private void wentBack(RollbackInfo rollback, Entry done) {
        ReleaseId release = new ReleaseId(rollback.target().service(), rollback.to());
        deployments.wentBack(rollback, shelf.find(release).map(Release::commit).orElse(null), done);
    }

    /** An entry with a name that no model class accepts can only come from a foreign writer; it is history, not ours. */
    private static boolean isSane(Entry entry) {
        return isAbsentOrValid(entry.service())
                && isAbsentOrValid(entry.environment())
                && isAbsentOrValid(entry.version());
    }

    private static boolean isAbsentOrValid(String name) {
        return name == null || Names.isValid(name);
    }
}
