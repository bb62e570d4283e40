package io.jenkins.plugins.rollback.config;

import hudson.ExtensionList;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.catalog.LiveCatalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import io.jenkins.plugins.rollback.engine.ledger.retention.Retention;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.rollback.Deployments;
import io.jenkins.plugins.rollback.engine.rollback.Leases;
import io.jenkins.plugins.rollback.engine.rollback.Rollbacks;
import io.jenkins.plugins.rollback.engine.rollback.Standstill;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import io.jenkins.plugins.rollback.engine.vault.ShownContents;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import io.jenkins.plugins.rollback.engine.vault.retention.Pins;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseSweep;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * The engine as this Jenkins uses it: one ledger, one vault and everything that is projected from them. Steps, pages
 * and the webhook door get all their parts here and make none themselves.
 */
public final class RollbackEngine {

    private static final Logger LOGGER = Logger.getLogger(RollbackEngine.class.getName());

    private final Path ledgerFolder;
    private final Ledger ledger;
    private final LedgerGuard guard;
    private final Standstill standstill;
    private final Catalog catalog;
    private final Holds holds = new Holds();
    private final StateKeeper states;
    private final LedgerIndex index;
    private final Vault vault;
    private final ShownContents shown = new ShownContents();
    private final Leases leases;
    private final Deployments deployments;
    private final Rollbacks rollbacks;
    private final Approvals approvals;
    private final Deliveries deliveries;
    private final MetricSources metricSources;
    private final Ids ids;
    private final Clock clock;
    private final String controller;

    private RollbackEngine(
            Path ledgerFolder,
            Ledger ledger,
            LedgerGuard guard,
            Vault vault,
            MetricSources metricSources,
            Clock clock,
            String controller)
            throws IOException {
        this.ledgerFolder = ledgerFolder;
        this.controller = controller;
        this.ledger = ledger;
        this.guard = guard;
        this.vault = vault;
        this.metricSources = metricSources;
        this.clock = clock;
        ids = new Ids(new SecureRandom());
        catalog = new Catalog(ledger);
        approvals = new Approvals(ledger, clock);
        deliveries = new Deliveries(ledger, clock);
        index = new LedgerIndex(ledger.people());
        states = new StateKeeper(
                ledger, ledgerFolder.resolve("index"), Timer.get(), List.of(catalog, approvals, deliveries, index));
        states.attach();
        ledger.attach(holds);
        standstill = new Standstill(ledger, guard);
        leases = new Leases(ledger, catalog, standstill);
        deployments = new Deployments(ledger, catalog);
        rollbacks = new Rollbacks(ledger, catalog, standstill);
    }

    /**
     * The running engine.
     *
     * @throws UnavailableException when the ledger could not be opened, with a message for a person
     */
    public static RollbackEngine get() {
        return lifecycle().engine();
    }

    /** The running engine, or empty when it could not be opened: for views, which then show less. */
    public static Optional<RollbackEngine> find() {
        return lifecycle().find();
    }

    private static EngineLifecycle lifecycle() {
        return ExtensionList.lookupSingleton(EngineLifecycle.class);
    }

    /** Opens a ledger. */
    @FunctionalInterface
    interface LedgerOpener {
        Ledger open() throws IOException;
    }

    /** Opens the vault in a folder, perhaps with a store beside it. */
    @FunctionalInterface
    interface VaultOpener {
        Vault open(Path folder) throws IOException;
    }

    /** Compares an open ledger with what others hold of it. */
    @FunctionalInterface
    interface GuardStarter {
        LedgerGuard start(Ledger ledger) throws IOException;
    }

    /**
     * Opens ledger and vault and replays the ledger.
     *
     * @param home gets the folder {@code vault}
     * @param folder of the ledger, or of this controller's copy of it
     * @param watching makes the ledger's guard
     * @param controller name of this one among those that share the ledger
     * @throws IOException when either cannot be opened; nothing stays open
     */
    static RollbackEngine open(
            Path home,
            Path folder,
            LedgerOpener opener,
            VaultOpener vaults,
            GuardStarter watching,
            String controller,
            MetricSources sources,
            Clock clock)
            throws IOException {
        Ledger ledger = opener.open();
        LedgerGuard guard = null;
        Vault vault = null;
        try {
            vault = vaults.open(home.resolve("vault"));
            guard = watching.start(ledger);
            return new RollbackEngine(folder, ledger, guard, vault, sources, clock, controller);
        } catch (IOException | RuntimeException e) {
            try (ledger;
                    LedgerGuard failed = guard;
                    Closeable store = store(vault)) {
                LOGGER.log(Level.FINE, "Closing {0}, {1} and {2}", new Object[] {ledger, failed, store});
            } catch (IOException | UncheckedIOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Keeps what was computed from the ledger, signs the last checkpoint and gives the ledger's lock back. */
    void close() throws IOException {
        try (Closeable store = store(vault);
                ledger;
                guard) { // closed first: it brings the last checkpoint to the witnesses
            keepStates();
            ledger.checkpoint();
        }
    }

    /** What there is to close of a vault; {@code null} for nothing. */
    private static Closeable store(Vault vault) {
        return vault instanceof Closeable store ? store : null;
    }

    private void keepStates() {
        try {
            states.close();
        } catch (IOException e) { // the next start computes it anew
            LOGGER.log(Level.WARNING, "What is known of the ledger could not be kept", e);
        }
    }

    /**
     * Verifies the whole ledger from its files.
     *
     * @param since signed note of an earlier checkpoint that must be a prefix, or {@code null}
     * @throws IOException when a file cannot be read for a reason that says nothing about the ledger
     */
    public LedgerReport verifyLedger(String since) throws IOException {
        return LedgerVerifier.verify(ledgerFolder, since);
    }

    /**
     * Drops from the ledger what is past its time, and from what was computed from it what was dropped.
     *
     * @param good how many good releases of an environment the release policies count: their history is kept
     * @param who for the entries that say so
     * @throws IOException when the ledger cannot be written, or several controllers share it
     */
    public Retention.Swept sweep(RetentionPolicy policy, int good, Actor who) throws IOException {
        return states.anew(
                () -> new Retention(ledger, clock, List.of(new LiveCatalog(catalog, good), approvals, deliveries))
                        .sweep(policy, who));
    }

    /** Drops releases that no policy keeps. One at a time: two at once would do everything twice, harmlessly. */
    public ReleaseSweep releaseSweep() {
        return new ReleaseSweep(ledger, catalog, holds, vault, clock, ReleaseUser::all);
    }

    /** Keeps releases for people, whatever the policies say. */
    public Pins pins() {
        return new Pins(ledger, catalog);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Where the ledger, or this controller's copy of it, is. */
    public Path ledgerFolder() {
        return ledgerFolder;
    }

    /** Compares the ledger with what others hold of it, and publishes to its witnesses. */
    public LedgerGuard guard() {
        return guard;
    }

    /** Says when nothing may start by itself. To be asked by whatever starts something without a person. */
    public Standstill standstill() {
        return standstill;
    }

    /** Whether this controller wrote an entry; another that shares the ledger has builds of its own. */
    public boolean isOurs(Entry entry) {
        String writer = entry.text("controller");
        return writer == null || writer.equals(controller);
    }

    /** Whether this controller began a deployment or rollback: only then it knows whether it still lives. */
    public boolean isOurs(String deploymentOrRollback) {
        return catalog.timeline(deploymentOrRollback).stream()
                .findFirst()
                .map(this::isOurs)
                .orElse(true);
    }

    /** Whether this controller took a lease. */
    public boolean isOurs(Lease lease) {
        try {
            return isOurs(ledger.entry(lease.number()));
        } catch (IOException | IndexOutOfBoundsException e) {
            LOGGER.log(Level.FINE, "Lease " + lease.number() + " was taken aside and merged", e);
            return isOurs(lease.holder());
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    /** What is kept whatever the retention schedule says. */
    public Holds holds() {
        return holds;
    }

    /** Finds entries of the ledger. */
    public LedgerIndex index() {
        return index;
    }

    public Vault vault() {
        return vault;
    }

    /** What builds have sent for releases that are not finished. */
    public ShownContents shown() {
        return shown;
    }

    public Leases leases() {
        return leases;
    }

    public Deployments deployments() {
        return deployments;
    }

    public Rollbacks rollbacks() {
        return rollbacks;
    }

    public Approvals approvals() {
        return approvals;
    }

    /** Which alerts were received, and which of them wait for their effect. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** The metric servers of the global configuration, as it is at the moment of each question. */
    public MetricSources metricSources() {
        return metricSources;
    }

    public Ids ids() {
        return ids;
    }

    public Clock clock() {
        return clock;
    }
}
