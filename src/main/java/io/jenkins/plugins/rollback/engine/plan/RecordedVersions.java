package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Target;

/** What the ledger knows of an environment, put in place of what the services file says about versions. */
public final class RecordedVersions {

    private RecordedVersions() {}

    /**
     * The graph with what is deployed and what is last-good; what the ledger does not know stays.
     *
     * @throws InvalidNameException when the environment's name is none
     */
    public static ServiceGraph in(ServiceGraph graph, Catalog catalog, String environment) {
        return graph.with(service -> recorded(service, catalog, new Target(service.name(), environment)));
    }

    private static Service recorded(Service service, Catalog catalog, Target target) {
        String deployed = catalog.deployed(target).map(Deployment::version).orElse(service.deployed());
        String lastGood = catalog.lastGood(target, deployed)
                .chosen()
                .map(Deployment::version)
                .orElse(service.lastGood());
        return service.running(deployed, lastGood);
    }
}
