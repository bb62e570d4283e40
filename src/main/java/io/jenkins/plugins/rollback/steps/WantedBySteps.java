package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import io.jenkins.plugins.rollback.config.ReleaseUser;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import java.util.HashSet;
import java.util.Set;

/** A deployment that waits for its turn is in no ledger yet; its release is wanted all the same. */
@Extension
public final class WantedBySteps implements ReleaseUser {

    @Override
    public Set<ReleaseId> wanted() {
        Set<ReleaseId> wanted = new HashSet<>();
        for (PassesExecution step : LiveSteps.get().steps()) {
            Order order = step.order();
            wanted.add(new ReleaseId(order.target().service(), order.version()));
            if (order.leaving() != null) {
                wanted.add(new ReleaseId(order.target().service(), order.leaving()));
            }
        }
        return wanted;
    }
}
