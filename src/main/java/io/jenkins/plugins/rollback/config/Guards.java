package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.witness.ControllerIdentity;
import io.jenkins.plugins.rollback.engine.ledger.witness.FileWitness;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.ledger.witness.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.util.Timer;

/** Makes the guard of this Jenkins' ledger: who this controller is, and which witnesses are configured. */
final class Guards {

    private static final Logger LOGGER = Logger.getLogger(Guards.class.getName());

    /** How long a witness is left alone after each checkpoint. */
    private static final Duration PACE = Duration.ofMinutes(1);

    private Guards() {}

    /** @param folder of the ledger, or of this controller's copy of it */
    static LedgerGuard start(Ledger ledger, Path folder) throws IOException {
        return LedgerGuard.start(
                ledger, new LedgerGuard.Setup(folder, identity(), witnesses(folder), PACE, Clock.systemUTC()));
    }

    /**
     * The configured ones, and always a file in JENKINS_HOME, beside the folder that the ledger is in: who restores the
     * one rarely restores the other.
     */
    static List<Witness> witnesses(Path folder) {
        Path home = Jenkins.get().getRootDir().toPath();
        List<Witness> all = new ArrayList<>();
        all.add(new FileWitness(home.resolve(EngineLifecycle.FOLDER + "-" + folder.getFileName() + ".checkpoint")));
        for (WitnessConfig config : RollbackConfiguration.get().getWitnesses()) {
            all.add(config.toWitness());
        }
        return all;
    }

    /** Publishes to the witnesses that are configured now. Returns at once. */
    static void refresh() {
        Timer.get().execute(() -> RollbackEngine.find().ifPresent(engine -> {
            synchronized (Guards.class) { // the last one must be the newest
                try {
                    engine.guard().publishTo(witnesses(engine.ledgerFolder()));
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, "The ledger's witnesses could not be changed", e);
                }
            }
        }));
    }

    private static ControllerIdentity identity() throws IOException {
        return new ControllerIdentity(
                EngineLifecycle.instance(),
                JenkinsLocationConfiguration.get().getUrl(),
                Jenkins.get().getRootDir().toPath().toRealPath().toString());
    }
}
