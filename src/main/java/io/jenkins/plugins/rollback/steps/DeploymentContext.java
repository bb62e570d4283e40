package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a step inside the body of {@code deployRelease} or {@code rollbackRelease} knows about its surroundings: ask
 * for it by {@code StepContext.get(DeploymentContext.class)}, which gives {@code null} outside such a body.
 *
 * <p>Immutable. Saved with the running program, hence an ordinary serializable class of texts alone.
 */
public final class DeploymentContext implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Which of the passes through a body this is. */
    public enum Pass {
        /** Putting the release out. Gates here belong to the deployment. */
        FORWARD,
        /** Putting the release back. Gates here are the verification of the rollback. */
        BACK
    }

    private final Pass pass;
    private final String deployment;
    private final String rollback;
    private final String service;
    private final String environment;
    private final String version;
    private final String leaving;

    private DeploymentContext(
            Pass pass, String deployment, String rollback, Target target, String version, String leaving) {
        this.pass = pass;
        this.deployment = deployment;
        this.rollback = rollback;
        this.service = target.service();
        this.environment = target.environment();
        this.version = version;
        this.leaving = leaving;
    }

    /** The surroundings of a body that puts {@code version} out. */
    public static DeploymentContext forward(String deployment, Target target, String version) {
        return new DeploymentContext(
                Pass.FORWARD, Objects.requireNonNull(deployment, "deployment"), null, target, version, null);
    }

    /**
     * The surroundings of a body that goes back.
     *
     * @param deployment id of the deployment that is taken back, or {@code null} when it is not a particular one
     * @param rollback id of the rollback
     * @param version the version to go back to
     * @param leaving the version that is left, or {@code null} when nothing is known to be deployed
     */
    public static DeploymentContext back(
            String deployment, String rollback, Target target, String version, String leaving) {
        return new DeploymentContext(
                Pass.BACK, deployment, Objects.requireNonNull(rollback, "rollback"), target, version, leaving);
    }

    public Pass pass() {
        return pass;
    }

    /** Whether this pass takes something back; {@link #rollback()} is then never {@code null}. */
    public boolean isGoingBack() {
        return pass == Pass.BACK;
    }

    /** Id of the deployment; while going back, of the one that is taken back, or {@code null}. */
    public String deployment() {
        return deployment;
    }

    /** Id of the rollback while going back, else {@code null}. */
    public String rollback() {
        return rollback;
    }

    public String service() {
        return service;
    }

    public String environment() {
        return environment;
    }

    public Target target() {
        return new Target(service, environment);
    }

    /** The version that this pass puts into the environment: the one a {@code restoreRelease} without arguments means. */
    public String version() {
        return version;
    }

    public ReleaseId release() {
        return new ReleaseId(service, version);
    }

    /** The version that is left while going back, or {@code null}. */
    public String leaving() {
        return leaving;
    }

    /** For logs: {@code FORWARD dp-... checkout in production 1.4.2}. */
    @Override
    public String toString() {
        return pass + " " + (isGoingBack() ? rollback : deployment) + " " + target() + " " + version;
    }
}
