package io.jenkins.plugins.rollback.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deployRelease} and {@code rollbackRelease} return to a Pipeline. */
public final class DeploymentResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String environment;
    private final String version;
    private final String deployment;
    private final String rollback;

    /**
     * @param version what is deployed now
     * @param deployment id of the deployment, or {@code null}
     * @param rollback id of the rollback, or {@code null} when nothing was taken back
     */
    public DeploymentResult(String service, String environment, String version, String deployment, String rollback) {
        this.service = service;
        this.environment = environment;
        this.version = version;
        this.deployment = deployment;
        this.rollback = rollback;
    }

    @Whitelisted
    public String getService() {
        return service;
    }

    @Whitelisted
    public String getEnvironment() {
        return environment;
    }

    /** The version that is deployed now. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** Id of the deployment; for {@code rollbackRelease} of the one that was taken back, or {@code null}. */
    @Whitelisted
    public String getDeployment() {
        return deployment;
    }

    /** Id of the rollback, or {@code null} when nothing was taken back. */
    @Whitelisted
    public String getRollback() {
        return rollback;
    }

    /** Whether a release was taken back. */
    @Whitelisted
    public boolean isRolledBack() {
        return rollback != null;
    }

    @Override
    public String toString() {
        return service + " in " + environment + ": " + version + (rollback == null ? "" : " (after " + rollback + ")");
    }
}
