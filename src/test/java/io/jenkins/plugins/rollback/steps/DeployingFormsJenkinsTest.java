package io.jenkins.plugins.rollback.steps;

import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The snippet generator's forms keep what is typed. One form a test: a browser page takes its time. */
public class DeployingFormsJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void deployRelease() throws Exception {
        DeployReleaseStep step = new DeployReleaseStep("checkout", "production", "1.0");
        step.setOnFailure("propose");
        step.setAfterRollback("continue");
        step.setApproval("people");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    public void rollbackRelease() throws Exception {
        RollbackReleaseStep step = new RollbackReleaseStep("checkout", "production");
        step.setTo("1.0");
        step.setReason("because");
        step.setRollbackId("rb-X");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    public void rollbackDrill() throws Exception {
        RollbackDrillStep step = new RollbackDrillStep("healthy-canary");
        step.setSeed(7);
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }
}
