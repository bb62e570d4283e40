package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.rollback.actions.GateAction;
import io.jenkins.plugins.rollback.config.MetricSourceConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.CsvReplay;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.harness.Rig;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** People and a running gate: on its page, from a terminal, at the same moment as each other and as its looks. */
public class GateHandsJenkinsTest {

    private static final int ABORTED = 5;
    private static final int NOT_ALLOWED = 6;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rig rig;
    private FakePrometheus prometheus;

    @Before
    public void rig() throws Exception {
        rig = new Rig(jenkins);
        prometheus = new FakePrometheus();
        prometheus.canaryErrors = 0.01;
        rig.withGoodRelease();
        RollbackConfiguration.get()
                .setMetricSources(List.of(new MetricSourceConfig("prom", "prometheus", prometheus.url())));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice", "olga", "reader", "stranger")
                .grant(Item.READ, RollbackPermissions.VIEW)
                .everywhere()
                .to("alice", "olga", "reader")
                .grant(RollbackPermissions.EXECUTE)
                .everywhere()
                .to("alice")
                .grant(RollbackPermissions.OVERRIDE)
                .everywhere()
                .to("olga"));
    }

    @After
    public void stop() {
        prometheus.close();
    }

    /** A deployment of 2.0 in a gate that decides nothing by itself for a long time. */
    private WorkflowRun inGate(int looks) throws Exception {
        String analysis = FakePrometheus.ANALYSIS
                .replace("looks: 40", "looks: " + looks)
                .replace("tolerance: 0.5", "tolerance: 0.0005")
                .replace("      negligible: 0.05\n", "");
        WorkflowRun run = rig.start(
                "deploy",
                deploy(
                        "2.0",
                        "node { writeFile file: 'canary.yaml', text: '''" + analysis
                                + "'''\n canaryGate analysis: 'canary.yaml' }"));
        jenkins.waitForMessage("Look 2 of " + looks, run);
        return run;
    }

    private static GateAction gate(WorkflowRun run) {
        return run.getAction(GateAction.class);
    }

    private CLICommandInvoker.Result cli(String user, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, "rollback-gate-" + command)
                .asUser(user)
                .invokeWithArgs(arguments);
    }

    private JenkinsRule.WebClient web(String user) throws Exception {
        return jenkins.createWebClient()
                .withBasicCredentials(user)
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
    }

    private Page post(String user, WorkflowRun run, String what, String... fields) throws Exception {
        JenkinsRule.WebClient client = web(user);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), run.getUrl() + gate(run).getUrlName() + "/" + what), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            parameters.add(new NameValuePair(fields[i], fields[i + 1]));
        }
        request.setRequestParameters(parameters);
        client.addCrumb(request);
        return client.getPage(request);
    }

    private static int status(Page page) {
        return page.getWebResponse().getStatusCode();
    }

    private static List<Entry> overrides() throws Exception {
        var ledger = RollbackEngine.get().ledger();
        return ledger.entries(0, ledger.size()).stream()
                .filter(entry -> entry.kind() == EventKind.OVERRIDE)
                .collect(Collectors.toList());
    }

    private static List<Entry> verdicts(WorkflowRun run) throws Exception {
        var ledger = RollbackEngine.get().ledger();
        String id = gate(run).getGate();
        return ledger.entries(0, ledger.size()).stream()
                .filter(entry -> entry.kind() == EventKind.GATE_VERDICT && id.equals(entry.text("gate")))
                .collect(Collectors.toList());
    }

    @Test
    public void overriddenAsPassTheDeploymentGoesOnAndTheJudgesWordIsKept() throws Exception {
        WorkflowRun run = inGate(400);
        HtmlPage page = web("olga").getPage(run, gate(run).getUrlName() + "/");
        assertThat(page.asXml()).contains("rollback-chart", "The same as a table");
        HtmlForm form = page.getForms().stream()
                .filter(one -> one.getActionAttribute().equals("override"))
                .findFirst()
                .orElseThrow();
        assertThat(page.getForms()).as("she may not steer").noneMatch(one -> one.getActionAttribute()
                .equals("stop"));
        assertThat(form.getInputByName("reason").isRequired()).isTrue();

        assertThat(status(post("olga", run, "override", "verdict", "PASS", "reason", "INC-7 known noise")))
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        Entry verdict = verdicts(run).get(0);
        assertThat(verdict.text("verdict")).isEqualTo("PASS");
        assertThat(verdict.text("judged")).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.data().has("baseline"))
                .as("nothing was proven of it")
                .isFalse();
        Entry override = overrides().get(0);
        assertThat(override.index()).isLessThan(verdict.index());
        assertThat(override.text("was")).isEqualTo("INCONCLUSIVE");
        assertThat(override.text("now")).isEqualTo("PASS");
        assertThat(RollbackEngine.get().ledger().people().shown(override.actor()))
                .contains("olga");
        assertThat(rig.deployment("2.0").state()).isEqualTo(Deployment.State.SUCCEEDED);
        assertThat(gate(run).getVerdict()).isEqualTo("PASS");
        jenkins.assertLogContains("taken as PASS by olga: INC-7 known noise", run);
        String shown = web("reader").getPage(run).asXml();
        assertThat(shown)
                .contains("INC-7 known noise", "olga", "taken as PASS by a person; the judge says INCONCLUSIVE");
    }

    @Test
    public void overriddenAsFailItGoesBack() throws Exception {
        WorkflowRun run = inGate(400);
        String id = gate(run).getGate();
        assertThat(cli("reader", "list").stdout()).contains(id, "look ", "/400", "INCONCLUSIVE so far");
        assertThat(cli("stranger", "list").stdout()).isEmpty();
        CLICommandInvoker.Result done = cli("olga", "override", id, "fail", "-reason", "customers call");
        assertThat(done.returnCode()).as(done.stderr()).isZero();
        assertThat(done.stdout()).contains("FAIL");
        // the second pass runs the same gate; it must not wait for ever either
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.getActions(GateAction.class).size() == 2);
        String second = run.getActions(GateAction.class).get(1).getGate();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> RunningGates.find(second).isPresent());
        assertThat(cli("olga", "override", second, "PASS", "-reason", "1.0 is healthy")
                        .returnCode())
                .isZero();
        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
        assertThat(rig.deployed()).isEqualTo("1.0");
        assertThat(rig.deployment("2.0").gatesFailed()).isEqualTo(1);
    }

    @Test
    public void stoppedItEndsAsItStandsAndWhatFollowsIsTheAnalysisFilesWord() throws Exception {
        WorkflowRun run = inGate(400);
        assertThat(status(post("alice", run, "stop", "reason", "release train leaves")))
                .isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        Entry verdict = verdicts(run).get(0);
        assertThat(verdict.text("verdict")).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.text("outcome")).isEqualTo("hold");
        assertThat(verdict.data().has("judged")).isFalse();
        assertThat(rig.deployment("2.0").state()).isEqualTo(Deployment.State.INTERRUPTED);
        Page late = post("alice", run, "stop", "reason", "again");
        assertThat(status(late)).isEqualTo(409);
        assertThat(late.getWebResponse().getContentAsString()).contains("has ended already", "INCONCLUSIVE at look");
        assertThat(overrides()).hasSize(1);
    }

    @Test
    public void extendedItLooksOnAndItsSamplesReplayToItsVerdict() throws Exception {
        WorkflowRun run = inGate(15);
        assertThat(status(post("alice", run, "extend", "number", "3", "unit", "looks", "reason", "slow traffic")))
                .isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(gate(run).getLooks()).isEqualTo(18);
        assertThat(gate(run).getLook()).isEqualTo(18);
        assertThat(overrides().get(0).text("now")).isEqualTo("18 looks");
        jenkins.assertLogContains("given 3 more looks by alice: slow traffic", run);

        String base = gate(run).getUrlName();
        Path csv = folder.newFile().toPath();
        Files.writeString(
                csv,
                web("reader")
                        .goTo(run.getUrl() + base + "/samples", "text/csv")
                        .getWebResponse()
                        .getContentAsString());
        String yaml = web("reader")
                .goTo(run.getUrl() + base + "/analysis", "text/plain")
                .getWebResponse()
                .getContentAsString();
        GateStatus replayed =
                CsvReplay.read(Analysis.parse(yaml, "canary.yaml"), csv).run(null);
        assertThat(replayed.decided()).hasToString(gate(run).getVerdict());
        assertThat(replayed.look()).isEqualTo(18);
        assertThat(replayed.summary()).isEqualTo(gate(run).getSummary());
    }

    @Test
    public void whoMayNotIsRefusedAndSoIsNonsense() throws Exception {
        WorkflowRun run = inGate(400);
        String id = gate(run).getGate();
        String page = run.getUrl() + gate(run).getUrlName() + "/";
        assertThat(status(post("reader", run, "stop", "reason", "x"))).isEqualTo(403);
        assertThat(status(post("alice", run, "override", "verdict", "PASS", "reason", "x")))
                .isEqualTo(403);
        assertThat(status(post("olga", run, "extend", "number", "3", "unit", "looks", "reason", "x")))
                .isEqualTo(403);
        assertThat(status(post("stranger", run, "stop", "reason", "x"))).isIn(403, 404);
        assertThat(status(web("stranger").getPage(new URL(jenkins.getURL(), page + "samples"))))
                .isIn(403, 404);
        assertThat(status(web("alice").getPage(new URL(jenkins.getURL(), page + "stop?reason=x"))))
                .as("GET")
                .isEqualTo(405);
        assertThat(status(post("alice", run, "stop", "reason", "  "))).isEqualTo(400);
        assertThat(status(post("alice", run, "extend", "number", "0", "unit", "looks", "reason", "x")))
                .isEqualTo(400);
        assertThat(status(post("olga", run, "override", "verdict", "MAYBE", "reason", "x")))
                .isEqualTo(400);
        assertThat(web("reader").getPage(run, gate(run).getUrlName() + "/").getForms())
                .noneMatch(form -> form.getActionAttribute().matches("stop|extend|override"));

        assertThat(cli("reader", "stop", id, "-reason", "x").returnCode()).isEqualTo(NOT_ALLOWED);
        assertThat(cli("stranger", "stop", id, "-reason", "x").stderr()).contains("No gate '" + id + "'");
        assertThat(cli("alice", "stop", "gt-unknown", "-reason", "x").returnCode())
                .isEqualTo(ABORTED);
        assertThat(cli("alice", "extend", id, "-reason", "x").stderr()).contains("-looks or -minutes");
        assertThat(cli("alice", "stop", id).returnCode()).as("no reason").isNotZero();
        assertThat(overrides()).isEmpty();
        assertThat(RunningGates.find(id)).isPresent();
        assertThat(cli("alice", "extend", id, "-minutes", "2", "-reason", "x").stdout())
                .contains("/520");
        assertThat(cli("alice", "stop", id, "-reason", "done here").returnCode())
                .isZero();
        jenkins.waitForCompletion(run);
    }

    @Test
    public void ofPeopleAtTheSameMomentExactlyOneEndsIt() throws Exception {
        WorkflowRun run = inGate(400);
        RunningGate gate = RunningGates.find(gate(run).getGate()).orElseThrow();
        int people = 6;
        CyclicBarrier together = new CyclicBarrier(people);
        ForkJoinPool pool = new ForkJoinPool(people);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            GateHand hand = i % 3 == 0 ? GateHand.stop() : GateHand.override(i % 3 == 1 ? "PASS" : "FAIL");
            all.add(pool.submit((Callable<Boolean>) () -> {
                together.await();
                try {
                    gate.take(hand, "at once");
                    return true;
                } catch (ConditionFailedException e) {
                    assertThat(e.getMessage()).contains("has ended already");
                    return false;
                }
            }));
        }
        int first = 0;
        for (Future<Boolean> one : all) {
            first += one.get() ? 1 : 0;
        }
        pool.shutdown();
        assertThat(first).isEqualTo(1);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> verdicts(run).size() == 1);
        assertThat(overrides()).hasSize(1);
        List<GateAction> gates = run.getActions(GateAction.class);
        assertThat(gates.get(0).getVerdict()).isEqualTo(verdicts(run).get(0).text("verdict"));
        // a FAIL goes back, and the second pass waits in its own gate
        if (run.isBuilding()) {
            run.doStop();
        }
        jenkins.waitForCompletion(run);
    }

    @Test
    public void againstALookThatDecidesThereIsOneVerdict() throws Exception {
        // the fourth look is the last: it decides at the moment that somebody wants to override
        WorkflowRun run = inGate(4);
        RunningGate gate = RunningGates.find(gate(run).getGate()).orElseThrow();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> gate.status().look() >= 3);
        long due =
                gate.status().nextLook() == null ? 0 : gate.status().nextLook().toEpochMilli();
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> System.currentTimeMillis() >= due);
        boolean taken;
        try {
            gate.take(GateHand.override("PASS"), "just in time");
            taken = true;
        } catch (ConditionFailedException e) {
            taken = false;
        }
        jenkins.waitForCompletion(run);
        assertThat(verdicts(run)).hasSize(1);
        assertThat(verdicts(run).get(0).text("verdict")).isEqualTo(taken ? "PASS" : "INCONCLUSIVE");
        assertThat(overrides()).hasSize(taken ? 1 : 0);
        assertThat(run.getResult()).isEqualTo(taken ? Result.SUCCESS : Result.FAILURE);
    }
}
