package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tables of a {@link Catalog}, all of one history. Guarded by the catalog's lock. */
final class CatalogTables {

    /** Raised whenever an entry means something else to a table than before, or a table is written in another way. */
    static final int FORM = 2;

    final ReleaseShelf shelf = new ReleaseShelf();
    final PinTable pins = new PinTable();
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
        pins.apply(entry);
        gates.apply(entry);
        deployments.apply(entry);
        rollbacks.apply(entry).ifPresent(rollback -> wentBack(rollback, entry));
        leases.apply(entry);
        timelines.apply(entry);
    }

    /** How many entries they come from. */
    long next() {
        return next;
    }

    /** Writes them all down, in the order in which things came: the same history gives the same bytes. */
    void save(StateWriter out) {
        out.each(services, out::text);
        out.each(environments, out::text);
        shelf.save(out);
        pins.save(out);
        gates.save(out);
        deployments.save(out);
        rollbacks.save(out);
        leases.save(out);
        timelines.save(out);
    }

    /** Tables as {@link #save} wrote them. */
    static CatalogTables load(StateReader in, long next) {
        CatalogTables tables = new CatalogTables();
        in.each(() -> tables.services.add(in.text()));
        in.each(() -> tables.environments.add(in.text()));
        tables.shelf.load(in);
        tables.pins.load(in);
        tables.gates.load(in);
        tables.deployments.load(in);
        tables.rollbacks.load(in);
        tables.leases.load(in);
        tables.timelines.load(in);
        tables.next = next;
        return tables;
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
