package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.steps.DeploymentContext;
import java.io.IOException;
import java.util.Locale;

/** The target is ours: bring the artifacts, record the start, then run the body. In this order. */
final class StartForward extends State {

    private static final long serialVersionUID = 1L;

    @Override
    public Phase phase() {
        return Phase.FORWARD;
    }

    @Override
    public String status() {
        return "starting the deployment";
    }

    @Override
    State work(Host host) throws IOException, InterruptedException {
        Order order = host.order();
        ReleaseId release = new ReleaseId(order.target().service(), order.version());
        // artifacts that do not arrive are no failed deployment: nothing was touched
        String folder = host.restore(release);
        Catalog catalog = host.engine().catalog();
        Entry entry = host.engine()
                .deployments()
                .started(
                        order.deployment(),
                        order.target(),
                        order.version(),
                        catalog.release(release).map(Release::commit).orElse(null),
                        order.build(),
                        order.onFailure().name().toLowerCase(Locale.ROOT),
                        order.actor());
        host.log("Deploying " + order.version() + " of " + order.target() + ": deployment " + order.deployment()
                + ", ledger entry " + entry.index());
        host.show();
        return new InBody(DeploymentContext.Pass.FORWARD, folder, false);
    }

    @Override
    State stopped(Host host, BodyEnd how) {
        return host.engine().catalog().deployment(host.order().deployment()).isPresent()
                ? new DecideForward(how)
                : Done.failed(how.error());
    }
}
