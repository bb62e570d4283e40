package io.jenkins.plugins.rollback.actions.audit;

import hudson.model.Api;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.SweptEntries;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import java.io.IOException;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is left of an entry that the retention schedule has dropped: its number, and the entry that says so. */
@ExportedBean
public final class AuditTombstone extends AuditRecord {

    private final long index;
    private final AuditEntry sweep;

    private AuditTombstone(long index, AuditEntry sweep) {
        this.index = index;
        this.sweep = sweep;
    }

    static AuditTombstone of(RollbackEngine engine, long index) throws IOException {
        Query sweeps = Query.all().kind(EventKind.RETENTION_SWEPT);
        for (long number : engine.index().search(sweeps, Integer.MAX_VALUE).entries()) {
            Entry entry = engine.ledger().entry(number);
            if (SweptEntries.read(entry.data()).get((int) index)) {
                return new AuditTombstone(index, new AuditEntry(engine.ledger(), entry));
            }
        }
        return new AuditTombstone(index, null);
    }

    @Override
    public String getDisplayName() {
        return Messages.AuditEntry_displayName(index);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public long getIndex() {
        return index;
    }

    @Exported
    public boolean isDropped() {
        return true;
    }

    /** The entry that says that it was dropped, or {@code null} when none does: then the ledger does not verify. */
    @Exported
    public AuditEntry getSweep() {
        return sweep;
    }
}
