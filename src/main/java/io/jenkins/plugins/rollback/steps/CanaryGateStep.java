package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code canaryGate}: watches the canary beside the baseline until there is a verdict. Returns it as a text: {@code
 * PASS}, {@code FAIL}, {@code INCONCLUSIVE}, {@code NO_DATA} or {@code ERROR}.
 */
public final class CanaryGateStep extends GateStep {

    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public CanaryGateStep(String analysis) {
        super(analysis);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new GateExecution(context, GateOrder.canary(this));
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends GateDescriptor {

        @Override
        public String getFunctionName() {
            return "canaryGate";
        }

        @Override
        public String getDisplayName() {
            return Messages.CanaryGateStep_displayName();
        }
    }
}
