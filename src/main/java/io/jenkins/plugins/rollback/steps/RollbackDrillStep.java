package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.drill.Scenario;
import java.util.Arrays;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code rollbackDrill}: rehearses deploying and going back against systems that the drill starts itself. */
public final class RollbackDrillStep extends Step {

    private final String scenario;
    private long seed = 1;

    /** @param scenario id of a scenario, for example {@code bad-canary} */
    @DataBoundConstructor
    public RollbackDrillStep(String scenario) {
        this.scenario = Options.oneOf(
                "scenario",
                scenario,
                Arrays.stream(Scenario.values()).map(Scenario::id).toArray(String[]::new));
    }

    public String getScenario() {
        return scenario;
    }

    /** Decides all that is random in the drill; 1 unless set. */
    public long getSeed() {
        return seed;
    }

    @DataBoundSetter
    public void setSeed(long seed) {
        this.seed = seed;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RollbackDrillExecution(context, scenario, seed);
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "rollbackDrill";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackDrillStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillScenarioItems() {
            ListBoxModel items = new ListBoxModel();
            for (Scenario scenario : Scenario.values()) {
                items.add(scenario.id());
            }
            return items;
        }
    }
}
