package io.jenkins.plugins.rollback.actions;

import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build did to a service in an environment: one deployment or rollback, or one that became the other. It keeps
 * the numbers of its ledger entries and the checkpoint at that time, so that the record is in the build's history too
 * and a ledger that is cut off later is noticed.
 */
@ExportedBean(defaultVisibility = 2)
public final class DeploymentAction extends RunSummary {

    private final String service;
    private final String environment;
    private final String version;
    private final String deployment;
    private final String rollback;
    private String state;
    private String from;
    private String to;
    private String rollbackState;
    private ArrayList<Long> entries = new ArrayList<>();
    private String checkpoint;

    private DeploymentAction(Order order) {
        service = order.target().service();
        environment = order.target().environment();
        version = order.version();
        deployment = order.isDeploying() ? order.deployment() : null;
        rollback = order.rollback();
    }

    /**
     * Brings what hangs on the build about an order up to date, and saves the build when that changed anything.
     *
     * @throws IOException when the checkpoint could not be signed or the build not saved
     */
    public static DeploymentAction refresh(Run<?, ?> run, Order order, RollbackEngine engine) throws IOException {
        DeploymentAction action;
        synchronized (run) {
            action = run.getActions(DeploymentAction.class).stream()
                    .filter(known -> known.rollback.equals(order.rollback()))
                    .findFirst()
                    .orElse(null);
            if (action == null) {
                action = new DeploymentAction(order);
                run.addAction(action);
            }
        }
        if (action.update(engine)) {
            run.save();
        }
        return action;
    }

    private synchronized boolean update(RollbackEngine engine) throws IOException {
        ArrayList<Long> known = new ArrayList<>(timeline(engine.catalog()).keySet());
        if (known.equals(entries) && checkpoint != null) {
            return false;
        }
        entries = known;
        state = deployment == null
                ? null
                : engine.catalog()
                        .deployment(deployment)
                        .map(Deployment::state)
                        .map(Enum::name)
                        .orElse(null);
        RollbackInfo info = engine.catalog().rollback(rollback).orElse(null);
        if (info != null) {
            from = info.from();
            to = info.to();
            rollbackState = info.state().name();
        }
        Checkpoint signed = engine.ledger().checkpoint();
        checkpoint = signed.note();
        return true;
    }

    private SortedMap<Long, Entry> timeline(Catalog catalog) {
        SortedMap<Long, Entry> found = new TreeMap<>();
        if (deployment != null) {
            catalog.timeline(deployment).forEach(entry -> found.put(entry.index(), entry));
        }
        catalog.timeline(rollback).forEach(entry -> found.put(entry.index(), entry));
        return found;
    }

    @Exported
    public String getService() {
        return isVisible() ? service : null;
    }

    @Exported
    public String getEnvironment() {
        return isVisible() ? environment : null;
    }

    /** The version that was to be put out; for a rollback the one to go back to. */
    @Exported
    public String getVersion() {
        return isVisible() ? version : null;
    }

    /** Id of the deployment, or {@code null} when the build only rolled back. */
    @Exported
    public String getDeployment() {
        return isVisible() ? deployment : null;
    }

    /** How the deployment stands, or {@code null}: OPEN, SUCCEEDED, FAILED, INTERRUPTED. */
    @Exported
    public synchronized String getState() {
        return isVisible() ? state : null;
    }

    /** Id of the rollback, or {@code null} when there was none. */
    @Exported
    public synchronized String getRollback() {
        return isVisible() && rollbackState != null ? rollback : null;
    }

    /** How the rollback stands, or {@code null}: PROPOSED, REQUESTED, STARTED, DONE, FAILED, CANCELLED. */
    @Exported
    public synchronized String getRollbackState() {
        return isVisible() ? rollbackState : null;
    }

    /** The version that the rollback leaves, or {@code null}. */
    @Exported
    public synchronized String getFrom() {
        return isVisible() ? from : null;
    }

    /** The version that the rollback goes back to, or {@code null}. */
    @Exported
    public synchronized String getTo() {
        return isVisible() ? to : null;
    }

    /** Numbers of the ledger entries, in order. */
    @Exported
    public synchronized List<Long> getEntries() {
        return isVisible() ? List.copyOf(entries) : Collections.emptyList();
    }

    /** The signed checkpoint that covered these entries: a C2SP note. */
    @Exported
    public synchronized String getCheckpoint() {
        return isVisible() ? checkpoint : null;
    }

    /** What happened, in order; {@code null} when the viewer may not see it or the ledger is not there. */
    public TimelineView getTimeline() {
        return isVisible()
                ? RollbackEngine.find()
                        .map(engine -> TimelineView.of(
                                List.copyOf(timeline(engine.catalog()).values()),
                                engine.ledger().people()))
                        .orElse(null)
                : null;
    }

    /** Whether this action is about a deployment or rollback of this id. */
    public boolean isAbout(String id) {
        return Objects.equals(id, deployment) || id.equals(rollback);
    }

    /** Id of the rollback that the build would carry out, whether it came to that or not. */
    public String rollbackOrder() {
        return rollback;
    }

    /** Id of the deployment, or {@code null}; without a permission check, for the product's own use. */
    public String deploymentOrder() {
        return deployment;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        super.onLoad(build);
        if (entries == null) {
            entries = new ArrayList<>();
        }
    }
}
