package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.steps.DeploymentContext;
import java.io.IOException;

/** The body runs, or is about to. Stopping it is the business of the steps in it; their error ends it. */
public final class InBody extends State {

    private static final long serialVersionUID = 1L;

    private final DeploymentContext.Pass pass;
    private final String folder;
    private final boolean launched;

    InBody(DeploymentContext.Pass pass, String folder, boolean launched) {
        this.pass = pass;
        this.folder = folder;
        this.launched = launched;
    }

    public DeploymentContext.Pass pass() {
        return pass;
    }

    /** Where the release lies on the enclosing node, or {@code null} when no node encloses the step. */
    public String folder() {
        return folder;
    }

    /** Whether the body began; a restart then leaves it to Pipeline, which goes on inside it. */
    public boolean isLaunched() {
        return launched;
    }

    /** The body began. Called on the CPS thread, in the same task that makes the body's own thread. */
    public InBody launched() {
        return new InBody(pass, folder, true);
    }

    /** The body ended. Called on the CPS thread. */
    public State ended(BodyEnd end) {
        return pass == DeploymentContext.Pass.FORWARD ? new DecideForward(end) : new DecideBack(end);
    }

    @Override
    public Phase phase() {
        return pass == DeploymentContext.Pass.FORWARD ? Phase.FORWARD : Phase.BACK;
    }

    @Override
    public String status() {
        return pass == DeploymentContext.Pass.FORWARD ? "running the body" : "running the body to go back";
    }

    @Override
    boolean isStoppable() {
        return !launched;
    }

    @Override
    State work(Host host) throws IOException, InterruptedException {
        if (launched) {
            return this;
        }
        String id = pass == DeploymentContext.Pass.FORWARD
                ? host.order().deployment()
                : host.order().rollback();
        try {
            host.engine().standstill().requireOfToday(host.engine().catalog().timeline(id));
        } catch (ConditionFailedException e) {
            host.logOnce("Waiting: " + e.getMessage());
            host.pause(e.getMessage());
            return this;
        }
        host.pause(null);
        host.launch(this, context(host));
        return this;
    }

    @Override
    State stopped(Host host, BodyEnd how) {
        return ended(how);
    }

    private DeploymentContext context(Host host) {
        Order order = host.order();
        if (pass == DeploymentContext.Pass.FORWARD) {
            return DeploymentContext.forward(order.deployment(), order.target(), order.version());
        }
        Catalog catalog = host.engine().catalog();
        RollbackInfo rollback = catalog.rollback(order.rollback()).orElseThrow();
        return DeploymentContext.back(
                order.deployment(), order.rollback(), order.target(), rollback.to(), rollback.from());
    }
}
