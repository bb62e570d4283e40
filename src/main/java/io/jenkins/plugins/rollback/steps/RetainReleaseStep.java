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

/** {@code retainRelease}: keeps files of the workspace as a release that can be deployed, and gone back to, later. */
public final class RetainReleaseStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String version;
    private final String artifacts;
    private String environment;
    private String snapshot;
    private String commit;

    /**
     * @param service a claimed service
     * @param version a version that is not retained yet, or is with exactly these files
     * @param artifacts Ant patterns relative to the workspace, separated by commas
     */
    @DataBoundConstructor
    public RetainReleaseStep(String service, String version, String artifacts) {
        this.service = Util.fixEmptyAndTrim(service);
        this.version = Util.fixEmptyAndTrim(version);
        this.artifacts = Util.fixEmptyAndTrim(artifacts);
    }

    public String getService() {
        return service;
    }

    public String getVersion() {
        return version;
    }

    public String getArtifacts() {
        return artifacts;
    }

    /** The environment that the release is meant for, or {@code null}. It is recorded and binds to nothing. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** A YAML file of the workspace that says what the release expects around it, or {@code null}. */
    public String getSnapshot() {
        return snapshot;
    }

    @DataBoundSetter
    public void setSnapshot(String snapshot) {
        this.snapshot = Util.fixEmptyAndTrim(snapshot);
    }

    /** The source revision; {@code null} for what {@code GIT_COMMIT} says. */
    public String getCommit() {
        return commit;
    }

    @DataBoundSetter
    public void setCommit(String commit) {
        this.commit = Util.fixEmptyAndTrim(commit);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RetainReleaseExecution(context, this);
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "retainRelease";
        }

        @Override
        public String getDisplayName() {
            return Messages.RetainReleaseStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, TaskListener.class, EnvVars.class);
        }
    }
}
