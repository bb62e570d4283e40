package io.jenkins.plugins.rollback.harness;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.steps.DeploymentContext;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Records what a gate would, at once, without a metric server. */
public final class FakeGateStep extends Step {

    private final String verdict;
    private boolean failBuild = true;

    @DataBoundConstructor
    public FakeGateStep(String verdict) {
        this.verdict = verdict;
    }

    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, verdict, failBuild);
    }

    private static final class Execution extends SynchronousStepExecution<String> {

        private static final long serialVersionUID = 1L;

        private final String verdict;
        private final boolean failBuild;

        Execution(StepContext context, String verdict, boolean failBuild) {
            super(context);
            this.verdict = verdict;
            this.failBuild = failBuild;
        }

        @Override
        protected String run() throws Exception {
            DeploymentContext around = getContext().get(DeploymentContext.class);
            RollbackEngine engine = RollbackEngine.get();
            String gate = engine.ids().next(Ids.GATE);
            engine.ledger()
                    .append(Event.of(EventKind.GATE_VERDICT)
                            .target(around.target())
                            .version(around.version())
                            .with("gate", gate)
                            .with("look", 1)
                            .with("verdict", verdict)
                            .with("summary", "fake " + verdict)
                            .with("node", getContext().get(FlowNode.class).getId())
                            .with("deployment", around.deployment())
                            .with("rollback", around.rollback()));
            if (failBuild && verdict.equals("FAIL")) {
                throw new AbortException("fake gate failed");
            }
            return verdict;
        }
    }

    /** Only test classes have it, so no TestExtension, which would tie it to one test class. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "fakeGate";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class, FlowNode.class);
        }
    }
}
