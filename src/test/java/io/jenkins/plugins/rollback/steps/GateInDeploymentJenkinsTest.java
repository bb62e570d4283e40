package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.rollback.actions.GateAction;
import io.jenkins.plugins.rollback.config.MetricSourceConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.harness.Rig;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Gates in the body of {@code deployRelease}: judge of the deployment, then verification of the way back. */
public class GateInDeploymentJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Rig rig;
    private FakePrometheus prometheus;

    @Before
    public void rig() throws Exception {
        rig = new Rig(jenkins);
        prometheus = new FakePrometheus();
        rig.withGoodRelease();
        RollbackConfiguration.get()
                .setMetricSources(List.of(new MetricSourceConfig("prom", "prometheus", prometheus.url())));
    }

    @After
    public void stop() {
        prometheus.close();
    }

    private static String gate(String around) {
        return "node { writeFile file: 'canary.yaml', text: '''" + FakePrometheus.ANALYSIS.replace("'", "\\'") + "'''\n"
                + around + " }";
    }

    @Test
    public void aFailedGateGoesBackWhateverCatchErrorMakesOfItAndTheSecondPassVerifies() throws Exception {
        prometheus.canaryErrors = 0.2;
        RollbackEngine.get().ledger().attach(entry -> {
            if (entry.kind() == EventKind.ROLLBACK_STARTED) {
                prometheus.canaryErrors = 0.01; // the old release is healthy
            }
        });
        WorkflowRun run =
                rig.run(Result.FAILURE, deploy("2.0", gate("catchError { canaryGate analysis: 'canary.yaml' }")));

        jenkins.assertLogContains("said FAIL", run);
        RollbackInfo rollback = rig.rollback();
        assertThat(rollback.state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(rollback.verification()).isEqualTo(Verdict.PASS);
        assertThat(rig.deployment("2.0").gatesFailed()).isEqualTo(1);
        assertThat(rig.deployed()).isEqualTo("1.0");
        assertThat(run.getActions(GateAction.class))
                .extracting(GateAction::getVerdict)
                .containsExactly("FAIL", "PASS");
        assertThat(rig.lastStory())
                .contains("gate.started", "gate.look", "gate.verdict", "rollback.verified", "rollback.done");
    }

    @Test
    public void aGateThatCannotSayHoldsTheDeploymentForAPerson() throws Exception {
        prometheus.status = 503;
        WorkflowRun run = rig.run(Result.FAILURE, deploy("2.0", gate("canaryGate analysis: 'canary.yaml'")));

        jenkins.assertLogContains("said ERROR", run);
        assertThat(rig.deployment("2.0").state()).isEqualTo(Deployment.State.INTERRUPTED);
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.PROPOSED);
        assertThat(rig.deployed()).isEqualTo("1.0");
    }
}
