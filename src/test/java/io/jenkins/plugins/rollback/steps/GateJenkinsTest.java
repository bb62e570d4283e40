package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.actions.GateAction;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.MetricSourceConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

public class GateJenkinsTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private FakePrometheus prometheus;

    @Before
    public void start() throws Exception {
        prometheus = new FakePrometheus();
    }

    @After
    public void stop() {
        prometheus.close();
    }

    private WorkflowJob job(JenkinsRule r, String script) throws Exception {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setMetricSources(List.of(new MetricSourceConfig("prom", "prometheus", prometheus.url())));
        configuration.setClaims(List.of(new ServiceClaim("checkout", "deploy")));
        WorkflowJob job = r.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static String pipeline(String step) {
        return "node { writeFile file: 'canary.yaml', text: '''" + FakePrometheus.ANALYSIS.replace("'", "\\'") + "'''\n"
                + step + " }";
    }

    private static final String GATE =
            "canaryGate analysis: 'canary.yaml', service: 'checkout', environment: 'production'";

    private static List<Entry> entries(EventKind kind) throws Exception {
        var ledger = RollbackEngine.get().ledger();
        return ledger.entries(0, ledger.size()).stream()
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    private static boolean isPaused(Run<?, ?> run) {
        for (FlowNode node : new DepthFirstScanner().allNodes(((WorkflowRun) run).getExecution())) {
            if (PauseAction.isPaused(node)) {
                return true;
            }
        }
        return false;
    }

    @Test
    public void aBadCanaryFailsTheStepAndIsRecorded() throws Throwable {
        sessions.then(r -> {
            prometheus.canaryErrors = 0.2;
            WorkflowRun run = r.buildAndAssertStatus(Result.FAILURE, job(r, pipeline(GATE)));
            r.assertLogContains("Look 1 of 40", run);
            r.assertLogContains("waiting keeps the executor", run);
            r.assertLogContains("said FAIL", run);
            assertThat(entries(EventKind.GATE_STARTED)).hasSize(1);
            Entry verdict = entries(EventKind.GATE_VERDICT).get(0);
            assertThat(verdict.text("verdict")).isEqualTo("FAIL");
            assertThat(verdict.text("summary")).contains("errors");
            assertThat(verdict.data().hasNonNull("baseline")).isTrue();
            assertThat(verdict.text("comparedWith")).isEqualTo("the baseline track beside it");
            assertThat(entries(EventKind.GATE_LOOK))
                    .hasSize(verdict.data().get("look").asInt());
            GateAction action = run.getAction(GateAction.class);
            assertThat(action.getComparedWith()).isEqualTo("the baseline track beside it");
            assertThat(action.getVerdict()).isEqualTo("FAIL");
            assertThat(action.getMetrics().get(0).getVerdict()).isEqualTo("FAIL");
            assertThat(isPaused(run)).isFalse();
            String page = r.createWebClient()
                    .withJavaScriptEnabled(false)
                    .getPage(run)
                    .asXml();
            assertThat(page)
                    .contains("Canary gate of checkout in production")
                    .contains("compared with the baseline track beside it")
                    .contains("worse than the tolerated");
        });
        sessions.then(r -> {
            WorkflowRun run =
                    r.jenkins.getItemByFullName("deploy", WorkflowJob.class).getLastBuild();
            assertThat(run.getAction(GateAction.class).getMetrics()).hasSize(1);
            assertThat(run.getAction(GateAction.class).getSummary()).contains("errors");
        });
    }

    @Test
    public void aVerdictIsReturnedAndAVerificationComparesWithTheRecordedBaseline() throws Throwable {
        sessions.then(r -> {
            prometheus.canaryErrors = 0.2;
            WorkflowRun run = r.buildAndAssertSuccess(job(
                    r,
                    pipeline("def v = " + GATE + ", failBuild: false\necho \"it said ${v}\"\n"
                            + "def w = verifyRelease analysis: 'canary.yaml', service: 'checkout', environment:"
                            + " 'production'\necho \"then ${w}\"")));
            r.assertLogContains("it said FAIL", run);
            r.assertLogContains("then PASS", run);
            assertThat(run.getActions(GateAction.class)).hasSize(2);
        });
    }

    @Test
    public void everyProblemOfTheFileIsListed() throws Throwable {
        sessions.then(r -> {
            WorkflowJob job = job(
                    r,
                    "node { writeFile file: 'canary.yaml', text: '''analysis:\n  loks: 3\n  alpha: 7\n"
                            + "  metrics: []\n'''\n" + GATE + " }");
            WorkflowRun run = r.buildAndAssertStatus(Result.FAILURE, job);
            r.assertLogContains("has 3 problems", run);
            r.assertLogContains("line 2, column 3: unknown key 'loks'", run);
            r.assertLogContains("line 3, column 10: alpha must be a number", run);
            assertThat(entries(EventKind.GATE_STARTED)).isEmpty();
            job.setDefinition(new CpsFlowDefinition(GATE, true));
            r.assertLogContains(
                    "neither in a workspace (there is none here) nor in the Pipeline's SCM",
                    r.buildAndAssertStatus(Result.FAILURE, job));
            job.setDefinition(new CpsFlowDefinition("canaryGate analysis: 'canary.yaml'", true));
            r.assertLogContains("needs service and environment", r.buildAndAssertStatus(Result.FAILURE, job));
        });
    }

    @Test
    public void anUndecidedGateIsNoFailureThatGoesBack() throws Throwable {
        sessions.then(r -> {
            prometheus.status = 503;
            WorkflowRun run = r.buildAndAssertStatus(Result.FAILURE, job(r, pipeline(GATE)));
            r.assertLogContains("HTTP 503", run);
            r.assertLogContains("said ERROR", run);
            FlowNode gate = new DepthFirstScanner()
                    .allNodes(run.getExecution()).stream()
                            .filter(node -> node.getDisplayFunctionName().equals("canaryGate"))
                            .findFirst()
                            .orElseThrow();
            assertThat(gate.getAction(ErrorAction.class).getError())
                    .isInstanceOfSatisfying(
                            org.jenkinsci.plugins.workflow.steps.FlowInterruptedException.class,
                            held -> assertThat(held.isActualInterruption()).isTrue());
        });
    }

    @Test
    public void whoStoppedAGateIsRecorded() throws Throwable {
        sessions.then(r -> {
            r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
            prometheus.canaryErrors = 0.01;
            WorkflowJob job =
                    job(r, pipeline(GATE).replace("looks: 40", "looks: 400").replace("negligible: 0.05", ""));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("Look 2 of 400", run);
            assertThat(isPaused(run)).isTrue();
            try (ACLContext alice =
                    ACL.as2(User.getOrCreateByIdOrFullName("alice").impersonate2())) {
                run.getExecutor().doStop();
            }
            r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(run));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !entries(EventKind.OVERRIDE).isEmpty());
            Entry stop = entries(EventKind.OVERRIDE).get(0);
            assertThat(RollbackEngine.get().ledger().people().shown(stop.actor()))
                    .contains("alice");
            assertThat(entries(EventKind.GATE_VERDICT)).isEmpty();
            assertThat(isPaused(run)).isFalse();
            assertThat(run.getAction(GateAction.class).getStopped()).contains("alice");
        });
    }

    @Test
    public void aRestartInTheMiddleLosesNoSample() throws Throwable {
        sessions.then(r -> {
            prometheus.canaryErrors = 0.01;
            WorkflowJob job = job(r, pipeline(GATE).replace("negligible: 0.05", "negligible: 0.03"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            r.waitForMessage("Look 3 of 40", run);
        });
        sessions.then(r -> {
            WorkflowRun run =
                    r.jenkins.getItemByFullName("deploy", WorkflowJob.class).getLastBuild();
            r.assertBuildStatusSuccess(r.waitForCompletion(run));
            r.assertLogContains("goes on after a restart", run);
            r.assertLogContains("PASS at look", run);
            List<Entry> looks = entries(EventKind.GATE_LOOK);
            List<Integer> numbers = looks.stream()
                    .map(entry -> entry.data().get("look").asInt())
                    .distinct()
                    .toList();
            assertThat(numbers)
                    .as("no look is lost, none begins anew")
                    .startsWith(1, 2, 3, 4)
                    .isSorted();
            assertThat(entries(EventKind.GATE_VERDICT)).hasSize(1);
        });
    }
}
