package io.jenkins.plugins.rollback.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code restoreRelease}: brings the files of a release to the current node, verified, and returns their folder. In the
 * body of {@code deployRelease} or {@code rollbackRelease} it needs no arguments.
 */
public final class RestoreReleaseStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private String service;
    private String version;

    /** Both options are optional. */
    @DataBoundConstructor
    public RestoreReleaseStep() {}

    /** The service, or {@code null} for that of the surrounding deployment. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** The version, or {@code null} for that of the surrounding deployment. */
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RestoreReleaseExecution(context, this);
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "restoreRelease";
        }

        @Override
        public String getDisplayName() {
            return Messages.RestoreReleaseStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, TaskListener.class, EnvVars.class);
        }
    }
}
