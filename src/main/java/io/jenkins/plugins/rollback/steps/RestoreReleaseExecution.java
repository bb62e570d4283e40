package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Finds out which release is meant, whether this build may have it, and brings it here. */
final class RestoreReleaseExecution extends RepeatableExecution<String> {

    private static final long serialVersionUID = 1L;

    private final RestoreReleaseStep step;

    RestoreReleaseExecution(StepContext context, RestoreReleaseStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected String run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        ReleaseId id = release();
        Access.check(run, id.service(), null, RollbackPermissions.EXECUTE);
        return ReleaseFolder.restore(
                RollbackEngine.get(), id, workspace(), getContext().get(TaskListener.class));
    }

    /** A version without a service is one of the surrounding deployment's service, but never the other way round. */
    private ReleaseId release() throws IOException, InterruptedException {
        String service = step.getService();
        String version = step.getVersion();
        String aroundService = null;
        String aroundVersion = null;
        DeploymentContext around = getContext().get(DeploymentContext.class);
        if (around != null) {
            aroundService = around.service();
            aroundVersion = around.version();
        } else {
            EnvVars environment = getContext().get(EnvVars.class);
            if (environment != null) {
                aroundService = environment.get("RELEASE_SERVICE");
                aroundVersion = environment.get("RELEASE_VERSION");
            }
        }
        if (version == null && (service == null || service.equals(aroundService))) {
            version = aroundVersion;
        }
        if (service == null) {
            service = aroundService;
        }
        if (service == null || version == null) {
            throw new AbortException("restoreRelease needs service and version; only in the body of deployRelease or"
                    + " rollbackRelease it takes them from there");
        }
        try {
            return new ReleaseId(service, version);
        } catch (InvalidNameException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
