package io.jenkins.plugins.rollback.steps;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundSetter;

/** What {@code canaryGate} and {@code verifyRelease} have in common: an analysis, and how its end is told. */
public abstract class GateStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String analysis;
    private boolean failBuild = true;
    private String service;
    private String environment;

    /** @param analysis path of an analysis file in the workspace, else in the Pipeline's SCM */
    protected GateStep(String analysis) {
        this.analysis = Util.fixEmptyAndTrim(analysis);
    }

    public String getAnalysis() {
        return analysis;
    }

    /** Whether an end that does not promote fails the step; otherwise the step returns the verdict whatever it is. */
    public boolean isFailBuild() {
        return failBuild;
    }

    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    /** Needed outside the body of {@code deployRelease} and {@code rollbackRelease} only, else {@code null}. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** As {@link #getService()}. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** What Jenkins knows about these steps. */
    public abstract static class GateDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }
    }
}
