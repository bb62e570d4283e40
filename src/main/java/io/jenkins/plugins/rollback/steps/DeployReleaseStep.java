package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code deployRelease}: runs its body to put a release into an environment; when that fails, runs the same body again
 * for the last-good release.
 */
public final class DeployReleaseStep extends TargetStep {

    static final String ROLLBACK = "rollback";
    static final String PROPOSE = "propose";
    static final String NONE = "none";
    static final String FAIL = "fail";
    static final String CONTINUE = "continue";

    private final String version;
    private String onFailure = ROLLBACK;
    private String afterRollback = FAIL;

    /**
     * @param service a claimed service
     * @param environment one of the configured environments
     * @param version a retained release of the service
     */
    @DataBoundConstructor
    public DeployReleaseStep(String service, String environment, String version) {
        super(service, environment);
        this.version = Util.fixEmptyAndTrim(version);
    }

    public String getVersion() {
        return version;
    }

    /** {@code rollback} (default), {@code propose} or {@code none}. */
    public String getOnFailure() {
        return onFailure;
    }

    /** @throws IllegalArgumentException when it is none of the three */
    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Options.oneOf("onFailure", onFailure, ROLLBACK, PROPOSE, NONE);
    }

    /** {@code fail} (default) or {@code continue}. */
    public String getAfterRollback() {
        return afterRollback;
    }

    /** @throws IllegalArgumentException when it is neither */
    @DataBoundSetter
    public void setAfterRollback(String afterRollback) {
        this.afterRollback = Options.oneOf("afterRollback", afterRollback, FAIL, CONTINUE);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DeployReleaseExecution(context, this);
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends TargetStepDescriptor {

        @Override
        public String getFunctionName() {
            return "deployRelease";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployReleaseStep_displayName();
        }

        @POST
        public ListBoxModel doFillOnFailureItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.DeployReleaseStep_rollback(), ROLLBACK);
            items.add(Messages.DeployReleaseStep_propose(), PROPOSE);
            items.add(Messages.DeployReleaseStep_none(), NONE);
            return items;
        }

        @POST
        public ListBoxModel doFillAfterRollbackItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.DeployReleaseStep_fail(), FAIL);
            items.add(Messages.DeployReleaseStep_continue(), CONTINUE);
            return items;
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            return Options.checkName("version", value);
        }
    }
}
