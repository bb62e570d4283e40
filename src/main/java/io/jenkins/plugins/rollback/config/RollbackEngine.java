package io.jenkins.plugins.rollback.config;

import hudson.ExtensionList;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.index.IndexFile;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.rollback.Deployments;
import io.jenkins.plugins.rollback.engine.rollback.Leases;
import io.jenkins.plugins.rollback.engine.rollback.Rollbacks;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The engine as this Jenkins uses it: one ledger, one vault and everything that is projected from them. Steps, pages
 * and the webhook door get all their parts here and make none themselves.
 */
public final class RollbackEngine {

    private final Path home;
    private final Ledger ledger;
    private final Catalog catalog;
    private final IndexFile indexFile;
    private final LedgerIndex index;
    private final Vault vault;
    private final Leases leases;
    private final Deployments deployments;
    private final Rollbacks rollbacks;
    private final Approvals approvals;
    private final Deliveries deliveries;
    private final MetricSources metricSources;
    private final Ids ids;
    private final Clock clock;

    private RollbackEngine(Path home, Ledger ledger, Vault vault, MetricSources metricSources, Clock clock)
            throws IOException {
        this.home = home;
        this.ledger = ledger;
        this.vault = vault;
        this.metricSources = metricSources;
        this.clock = clock;
        ids = new Ids(new SecureRandom());
        catalog = new Catalog();
        ledger.attach(catalog);
        approvals = new Approvals(ledger, clock);
        ledger.attach(approvals);
        deliveries = new Deliveries(ledger, clock);
        ledger.attach(deliveries);
        indexFile = new IndexFile(home.resolve("ledger").resolve("index"));
        index = indexFile.load(ledger);
        ledger.attach(index, index.size());
        leases = new Leases(ledger, catalog);
        deployments = new Deployments(ledger, catalog);
        rollbacks = new Rollbacks(ledger, catalog);
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

    /**
     * Opens ledger and vault below a folder and replays the ledger.
     *
     * @param home gets the folders {@code ledger} and {@code vault}
     * @param origin name of the log for a ledger that is new
     * @throws IOException when either cannot be opened; nothing stays open
     */
    static RollbackEngine open(Path home, String origin, Clock clock, LedgerKeys keys, MetricSources sources)
            throws IOException {
        Ledger ledger = FileLedger.open(home.resolve("ledger"), origin, clock, keys);
        try {
            return new RollbackEngine(home, ledger, FileVault.open(home.resolve("vault")), sources, clock);
        } catch (IOException | RuntimeException e) {
            try {
                ledger.close();
            } catch (IOException | UncheckedIOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Keeps the index, signs the last checkpoint and gives the ledger's lock back. */
    void close() throws IOException {
        try (ledger) {
            indexFile.save(ledger, index);
        }
    }

    /**
     * Verifies the whole ledger from its files.
     *
     * @param since signed note of an earlier checkpoint that must be a prefix, or {@code null}
     * @throws IOException when a file cannot be read for a reason that says nothing about the ledger
     */
    public LedgerReport verifyLedger(String since) throws IOException {
        return LedgerVerifier.verify(home.resolve("ledger"), since);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Finds entries of the ledger. */
    public LedgerIndex index() {
        return index;
    }

    public Vault vault() {
        return vault;
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
