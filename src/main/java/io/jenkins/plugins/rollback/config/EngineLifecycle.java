package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * Opens the engine when Jenkins starts and closes it when Jenkins stops, so that the last checkpoint is signed.
 *
 * <p>An extension, not a static field: each Jenkins in a JVM (as in tests) has its own.
 */
@Extension
public final class EngineLifecycle {

    /** Name of the folder in JENKINS_HOME. */
    public static final String FOLDER = "release-rollback";

    private static final Logger LOGGER = Logger.getLogger(EngineLifecycle.class.getName());

    private RollbackEngine engine;
    private Throwable failure;
    private SharedLedgerConfig opened; // null for files

    static EngineLifecycle get() {
        return ExtensionList.lookupSingleton(EngineLifecycle.class);
    }

    /** Before jobs are loaded, so that builds that go on find it; once the configuration is there, also that as code. */
    @Initializer(after = InitMilestone.SYSTEM_CONFIG_ADAPTED, before = InitMilestone.JOB_LOADED)
    @SuppressWarnings("unused") // called by Jenkins
    public static void start() {
        ExtensionList.lookupSingleton(EngineLifecycle.class).open();
    }

    /** After running Pipelines are suspended: they may still have something to record. */
    @Terminator(requires = FlowExecutionList.EXECUTIONS_SUSPENDED)
    @SuppressWarnings("unused") // called by Jenkins
    public static void stop() {
        ExtensionList.lookupSingleton(EngineLifecycle.class).close();
    }

    /** Tries to open, and remembers why when that fails. Does nothing when it is open. */
    void open() {
        open(Ledgers::open);
    }

    /**
     * Opens a ledger whose private key is lost, because a person said so, and goes on with a new one.
     *
     * @param who confirmed the loss, and why
     */
    void openWithoutKey(Actor who, String reason) {
        open((home, controller, shared) -> Ledgers.openWithoutKey(home, controller, shared, who, reason));
    }

    /** Opens the ledger that is configured. */
    private interface Opener {
        Ledger open(Path home, String controller, SharedLedgerConfig shared) throws IOException;
    }

    private synchronized void open(Opener opener) {
        if (engine != null) {
            return;
        }
        try {
            Path home = Jenkins.get().getRootDir().toPath().resolve(FOLDER);
            String controller = controller();
            opened = RollbackConfiguration.get().getSharedLedger();
            Path folder = Ledgers.folder(home, opened);
            engine = RollbackEngine.open(
                    home,
                    folder,
                    () -> opener.open(home, controller, opened),
                    vault -> ReleaseStores.open(
                            vault, RollbackConfiguration.get().getReleaseStore()),
                    ledger -> Guards.start(ledger, folder),
                    controller,
                    new ConfiguredSources(),
                    Clock.systemUTC());
            failure = null;
            EngineListener.opened(engine);
        } catch (IOException | RuntimeException e) {
            failure = e;
            LOGGER.log(Level.SEVERE, "Release Rollback cannot open its ledger or vault", e);
        }
    }

    /** Closes; to be called once nothing is recorded any more. */
    synchronized void close() {
        if (engine == null) {
            return;
        }
        try {
            engine.close();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Release Rollback could not close its ledger cleanly", e);
        } finally {
            engine = null;
        }
    }

    synchronized RollbackEngine engine() {
        if (engine == null) {
            throw new UnavailableException(
                    "Release Rollback cannot open its ledger in JENKINS_HOME/" + FOLDER + ": "
                            + (failure == null ? "Jenkins is starting or stopping" : failure.getMessage())
                            + ". An administrator finds more in the system log.",
                    failure);
        }
        return engine;
    }

    /** Whether the engine is open on another ledger than this. */
    synchronized boolean isOutdated(SharedLedgerConfig configured) {
        return engine != null && (configured == null ? opened != null : !configured.isSameAs(opened));
    }

    synchronized Optional<RollbackEngine> find() {
        return Optional.ofNullable(engine);
    }

    /** Why it could not be opened, or {@code null} when it is open or was never tried. */
    synchronized Throwable failure() {
        return failure;
    }

    /**
     * A name for this controller: the host that people know this Jenkins by, and what tells two controllers with the
     * same host apart. A new log is named after it, and keeps the name it was made with.
     */
    private static String controller() {
        String url = JenkinsLocationConfiguration.get().getUrl();
        String host = null;
        try {
            host = url == null ? null : URI.create(url).getHost();
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "Jenkins URL is no URI", e);
        }
        return (host == null ? "jenkins" : host) + "/" + FOLDER + "/" + instance();
    }

    /** What tells controllers apart: derived from a secret that each makes at its first start. */
    static String instance() {
        return Jenkins.get().getLegacyInstanceId().substring(0, 12);
    }
}
