package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code rollbackRelease}: asks whom it must, then runs its body to put an earlier release back. */
public final class RollbackReleaseStep extends TargetStep {

    /** The value of {@code to} that leaves the choice to the record. */
    public static final String LAST_GOOD = "last-good";

    private String to = LAST_GOOD;
    private String reason;
    private String rollbackId;

    /**
     * @param service a claimed service
     * @param environment one of the configured environments
     */
    @DataBoundConstructor
    public RollbackReleaseStep(String service, String environment) {
        super(service, environment);
    }

    /** {@link #LAST_GOOD} or a version. */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        String trimmed = Util.fixEmptyAndTrim(to);
        this.to = trimmed == null ? LAST_GOOD : trimmed;
    }

    /** Free text of a person, or {@code null}. */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /**
     * The proposed or requested rollback that is carried out, or {@code null}: then the build's parameter ROLLBACK_ID
     * names it, and without that a new one begins.
     */
    public String getRollbackId() {
        return rollbackId;
    }

    @DataBoundSetter
    public void setRollbackId(String rollbackId) {
        this.rollbackId = Util.fixEmptyAndTrim(rollbackId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RollbackReleaseExecution(context, this);
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends TargetStepDescriptor {

        @Override
        public String getFunctionName() {
            return "rollbackRelease";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackReleaseStep_displayName();
        }

        @POST
        public FormValidation doCheckTo(@QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : Options.checkName("to", value);
        }
    }
}
