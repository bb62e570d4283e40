package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.Serializable;

/** Whose gate it is: where, which version, which deployment or rollback. Saved with the running program. */
final class GateSubject implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String environment;
    private final String version;
    private final String deployment;
    private final String rollback;

    private GateSubject(String service, String environment, String version, String deployment, String rollback) {
        this.service = service;
        this.environment = environment;
        this.version = version;
        this.deployment = deployment;
        this.rollback = rollback;
    }

    /**
     * @param around the surrounding deployment or rollback, or {@code null}
     * @throws AbortException when neither the step nor its surroundings say where
     */
    static GateSubject of(GateOrder order, DeploymentContext around, Catalog catalog) throws AbortException {
        if (around != null) {
            boolean other = order.service() != null && !order.service().equals(around.service())
                    || order.environment() != null && !order.environment().equals(around.environment());
            if (other) {
                throw new AbortException(order.stepName() + " inside a deployment of " + around.target()
                        + " cannot be about another service or environment");
            }
            // while going back the gate verifies the rollback and says nothing about the deployment that is left
            return new GateSubject(
                    around.service(),
                    around.environment(),
                    around.version(),
                    around.isGoingBack() ? null : around.deployment(),
                    around.rollback());
        }
        if (order.service() == null || order.environment() == null) {
            throw new AbortException(
                    order.stepName() + " needs service and environment; only in the body of deployRelease"
                            + " or rollbackRelease it takes them from there");
        }
        Target target = new Target(order.service(), order.environment());
        String version = catalog.deployed(target).map(Deployment::version).orElse(null);
        return new GateSubject(order.service(), order.environment(), version, null, null);
    }

    /** Begins an event about it. */
    Event event(EventKind kind, String gate) {
        Event event = Event.of(kind).target(target()).with("gate", gate);
        if (version != null) {
            event.version(version);
        }
        return event.with("deployment", deployment).with("rollback", rollback);
    }

    String service() {
        return service;
    }

    String environment() {
        return environment;
    }

    Target target() {
        return new Target(service, environment);
    }

    /** The version that is judged, or {@code null} when it is not known. */
    String version() {
        return version;
    }

    /** Id of the deployment that the gate belongs to, or {@code null}. */
    String deployment() {
        return deployment;
    }

    /** Id of the rollback that the gate verifies, or {@code null}. */
    String rollback() {
        return rollback;
    }

    /** Id whose timeline shows the gate, or {@code null}. */
    String owner() {
        return rollback != null ? rollback : deployment;
    }
}
