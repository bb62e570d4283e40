package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.ledger.witness.WitnessState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;

/**
 * Tells administrators that something which protects the ledger does not: a witness that has not got the newest
 * checkpoint, a disk that may lose what was forced to it. The ledger itself is well.
 */
@Extension
@Symbol("releaseRollbackSafeguard")
public class SafeguardMonitor extends AdministrativeMonitor {

    private FileLedger probed; // guarded by this, as what follows
    private List<String> warnings = List.of();

    @Override
    public String getDisplayName() {
        return Messages.SafeguardMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getDiskWarnings().isEmpty() || !getFailingWitnesses().isEmpty();
    }

    /** Witnesses that lack the newest checkpoint; on hold that is as it should be, and {@link HoldMonitor} says more. */
    public List<Failing> getFailingWitnesses() {
        return RollbackEngine.find()
                .map(RollbackEngine::guard)
                .filter(guard -> guard.onHold().isEmpty())
                .map(LedgerGuard::witnesses)
                .orElse(List.of())
                .stream()
                .filter(state -> state.problem() != null)
                .map(Failing::new)
                .toList();
    }

    /** What is wrong with the disk, a sentence each; tried once for each start, as that writes. For the view. */
    public synchronized List<String> getDiskWarnings() {
        Optional<FileLedger> ledger = RollbackEngine.find()
                .map(RollbackEngine::ledger)
                .filter(FileLedger.class::isInstance)
                .map(FileLedger.class::cast);
        if (ledger.orElse(null) != probed) {
            probed = ledger.orElse(null);
            warnings = ledger.map(FileLedger::diskWarnings).orElse(List.of());
        }
        return warnings;
    }

    /** A witness in the view. */
    public static final class Failing {

        private final WitnessState state;

        Failing(WitnessState state) {
            this.state = state;
        }

        public String getName() {
            return state.name();
        }

        public String getProblem() {
            return state.problem();
        }

        public String getSince() {
            return String.valueOf(state.since().truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
