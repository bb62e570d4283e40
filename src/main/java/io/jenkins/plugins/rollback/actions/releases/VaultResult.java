package io.jenkins.plugins.rollback.actions.releases;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.VaultFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a check of the vault found. Kept as XML: an ordinary class, and more faults than these help nobody. */
public final class VaultResult {

    private static final int MOST = 1_000;

    private final long at; // milliseconds since 1970: Jenkins stores no Instant
    private final ArrayList<Damage> damages = new ArrayList<>();

    /** One fault, as it is stored. */
    private static final class Damage {

        private final String service;
        private final String version;
        private final String file;
        private final String what;

        Damage(VaultFault fault) {
            service = fault.release() == null ? null : fault.release().service();
            version = fault.release() == null ? null : fault.release().version();
            file = fault.file();
            what = fault.what();
        }

        VaultFault fault() {
            return new VaultFault(service == null ? null : new ReleaseId(service, version), file, what);
        }
    }

    /** @param at when it began: what was retained since may not have been looked at */
    VaultResult(Instant at, List<VaultFault> faults) {
        this.at = at.toEpochMilli();
        faults.stream().limit(MOST).map(Damage::new).forEach(damages::add);
    }

    /** When it began. */
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }

    /** What is wrong; empty when all was well. */
    public List<VaultFault> faults() {
        return damages.stream().map(Damage::fault).toList();
    }

    /** What is wrong with a release. */
    public Optional<VaultFault> fault(ReleaseId id) {
        return faults().stream().filter(fault -> id.equals(fault.release())).findFirst();
    }
}
