package io.jenkins.plugins.rollback.steps;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step with a body that changes what is deployed: of which service, in which environment, and who must say yes. */
public abstract class TargetStep extends Step {

    private final String service;
    private final String environment;
    private String approval;

    /**
     * @param service a claimed service
     * @param environment one of the configured environments
     */
    protected TargetStep(String service, String environment) {
        this.service = Util.fixEmptyAndTrim(service);
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public final String getService() {
        return service;
    }

    public final String getEnvironment() {
        return environment;
    }

    /** Id of the approval policy to be satisfied before going back, or {@code null} for what is configured. */
    public final String getApproval() {
        return approval;
    }

    @DataBoundSetter
    public final void setApproval(String approval) {
        this.approval = Util.fixEmptyAndTrim(approval);
    }

    /** What Jenkins knows about such a step. Public, as Stapler calls its checks by reflection. */
    public abstract static class TargetStepDescriptor extends StepDescriptor {

        @Override
        public final boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @POST
        public final FormValidation doCheckService(@QueryParameter String value) {
            return Options.checkName("service", value);
        }

        @POST
        public final FormValidation doCheckEnvironment(@QueryParameter String value) {
            return Options.checkName("environment", value);
        }
    }
}
