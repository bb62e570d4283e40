package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code verifyRelease}: compares what runs now with the recorded baseline, that is with what the healthy track of the
 * last gate looked like. For the time after going back, when everybody runs one version. Returns a verdict as {@code
 * canaryGate} does.
 */
public final class VerifyReleaseStep extends GateStep {

    private static final long serialVersionUID = 1L;

    private String track = MetricQuery.BASELINE;

    @DataBoundConstructor
    public VerifyReleaseStep(String analysis) {
        super(analysis);
    }

    /** The track that is judged: what {@code $track} in the queries becomes; {@code baseline} or {@code canary}. */
    public String getTrack() {
        return track;
    }

    @DataBoundSetter
    public void setTrack(String track) {
        String value = Util.fixEmptyAndTrim(track);
        this.track = value == null ? MetricQuery.BASELINE : value;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new GateExecution(context, GateOrder.verification(this, track));
    }

    /** What Jenkins knows about the step. */
    @Extension
    public static final class DescriptorImpl extends GateDescriptor {

        @Override
        public String getFunctionName() {
            return "verifyRelease";
        }

        @Override
        public String getDisplayName() {
            return Messages.VerifyReleaseStep_displayName();
        }
    }
}
