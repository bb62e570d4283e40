package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.rollback.actions.ReleaseRetainedAction;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code retainRelease} in a Jenkins, with files on the controller and on agents. */
public class RetainReleaseJenkinsTest {

    private static final ReleaseId V1 = new ReleaseId("checkout", "1.0");

    private static final String FILES =
            "sh 'rm -rf target deploy; mkdir -p target deploy/conf; printf %s app > target/app.jar;"
                    + " printf \"#!/bin/sh\\n\" > deploy/go.sh; chmod 750 deploy/go.sh; printf x=1 > deploy/conf/a.properties;"
                    + " ln -s ../target/app.jar deploy/current'\n";

    @Rule
    public JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void configure() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setClaims(List.of(new ServiceClaim("checkout", "make"), new ServiceClaim("payments", "pay")));
    }

    private WorkflowRun run(String job, Result expected, String script) throws Exception {
        WorkflowJob project = jenkins.jenkins.getItemByFullName(job, WorkflowJob.class);
        if (project == null) {
            project = jenkins.createProject(WorkflowJob.class, job);
        }
        project.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, project.scheduleBuild2(0).get());
    }

    private WorkflowRun make(Result expected, String body) throws Exception {
        return run("make", expected, "node {\n" + body + "\n}");
    }

    private static String retain(String more) {
        return "retainRelease service: 'checkout', version: '1.0', artifacts: 'target/*.jar, deploy/**'" + more;
    }

    private static List<Entry> entries() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        return engine.ledger().entries(0, engine.ledger().size());
    }

    @Test
    public void filesOfOneAgentComeBackOnAnother() throws Exception {
        jenkins.createOnlineSlave(Label.get("one"));
        jenkins.createOnlineSlave(Label.get("two"));
        WorkflowRun run = run(
                "make",
                Result.SUCCESS,
                "node('one') {\n" + FILES
                        + "writeFile file: 'rollback/snapshot.yaml', text: 'schema: 7'\n"
                        + retain(", environment: 'production', snapshot: 'rollback/snapshot.yaml', commit: 'c0ffee'")
                        + "\n}\nnode('two') {\n"
                        + "def dir = restoreRelease service: 'checkout', version: '1.0'\n"
                        + "sh \"set +x; cd '${dir}'; find . ! -type d | sort; stat -c 'mode %a' deploy/go.sh; cat deploy/current\"\n}");

        jenkins.assertLogContains(
                "./deploy/conf/a.properties\n./deploy/current\n./deploy/go.sh\n./target/app.jar\nmode 750\napp", run);
        Release release = RollbackEngine.get().catalog().release(V1).orElseThrow();
        assertThat(release.files()).isEqualTo(4);
        assertThat(release.commit()).isEqualTo("c0ffee");
        assertThat(release.build()).isEqualTo("make#1");
        assertThat(RollbackEngine.get().vault().manifest(V1).orElseThrow().hash())
                .isEqualTo(release.manifest());
        assertThat(RollbackEngine.get().vault().verify()).isEmpty();
        Entry entry = RollbackEngine.get().ledger().entry(release.entry());
        assertThat(entry.kind()).isEqualTo(EventKind.RELEASE_RETAINED);
        assertThat(entry.environment()).isEqualTo("production");
        assertThat(entry.text("snapshot")).hasSize(64);
    }

    @Test
    public void theBuildShowsWhatItRetainedAlsoAfterItWasReloaded() throws Exception {
        WorkflowRun run = make(Result.SUCCESS, FILES + "withEnv(['GIT_COMMIT=abc123']) {" + retain("") + "}");
        run.getParent().doReload();
        WorkflowRun loaded =
                jenkins.jenkins.getItemByFullName("make", WorkflowJob.class).getBuildByNumber(1);
        ReleaseRetainedAction action = loaded.getAction(ReleaseRetainedAction.class);
        assertThat(action.getVersion()).isEqualTo("1.0");
        assertThat(action.getFiles()).isEqualTo(4);
        assertThat(action.getCommit()).isEqualTo("abc123");
        assertThat(action.getCheckpoint()).contains("\n\u2014 ");
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(web.getPage(loaded).asNormalizedText())
                    .contains("Release retained: checkout 1.0", "4 files", "commit abc123");
            assertThat(web.goTo(loaded.getUrl() + "api/json", "application/json")
                            .getWebResponse()
                            .getContentAsString())
                    .contains("\"version\":\"1.0\"");
        }
    }

    @Test
    public void theSameAgainSendsNothingAndAddsNoEntry() throws Exception {
        jenkins.createOnlineSlave(Label.get("one"));
        run("make", Result.SUCCESS, "node('one') {\n" + FILES + retain("") + "\n}");
        long size = RollbackEngine.get().ledger().size();
        WorkflowRun again = run("make", Result.SUCCESS, "node('one') {\n" + FILES + retain("") + "\n}");
        jenkins.assertLogContains("(0 bytes sent, ", again);
        assertThat(RollbackEngine.get().ledger().size()).isEqualTo(size);
        assertThat(again.getAction(ReleaseRetainedAction.class).getFirstBuild()).isEqualTo("make#1");
    }

    @Test
    public void aReleaseNeverChanges() throws Exception {
        make(Result.SUCCESS, FILES + retain(""));
        String hash = RollbackEngine.get().catalog().release(V1).orElseThrow().manifest();
        WorkflowRun run =
                make(Result.FAILURE, FILES + "writeFile file: 'target/app.jar', text: 'other'\n" + retain(""));
        jenkins.assertLogContains(
                "release checkout/1.0 is already retained with other contents (manifest " + hash, run);
        assertThat(RollbackEngine.get().vault().manifest(V1).orElseThrow().hash())
                .isEqualTo(hash);
    }

    @Test
    public void whatCannotBeRetainedIsNamedAndNothingIsVisible() throws Exception {
        jenkins.createOnlineSlave(Label.get("one"));
        String[][] cases = {
            {"", "artifacts: 'target/*.war'", "pattern 'target/*.war' matches no file"},
            {"", "artifacts: '../**'", "pattern '../**' leaves the folder"},
            {"sh 'ln -s /etc/passwd deploy/secret'", "artifacts: 'deploy/**, target/**'", "'deploy/secret' is a link"},
            {"sh 'mkfifo deploy/pipe'", "artifacts: 'deploy/**, target/**'", "'deploy/pipe' is not a file"},
            {
                "writeFile file: 's.yaml', text: 'a: [1'",
                "artifacts: 'target/**', snapshot: 's.yaml'",
                "'s.yaml' is not YAML: line "
            },
            {"", "artifacts: 'target/**', commit: 'fix by bob'", "commit 'fix by bob' is not a revision"},
            {"", "artifacts: 'target/**', environment: 'moon'", "unknown environment 'moon'"}
        };
        for (String[] one : cases) {
            WorkflowRun run = run(
                    "make",
                    Result.FAILURE,
                    "node('one') {\n" + FILES + one[0] + "\nretainRelease service: 'checkout', version: '1.0', "
                            + one[1] + "\n}");
            jenkins.assertLogContains(one[2], run);
            jenkins.assertLogNotContains("\tat ", run);
        }
        assertThat(RollbackEngine.get().vault().releases()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    public void aJobThatDoesNotSpeakForTheServiceMayNot() throws Exception {
        WorkflowRun run = run("stranger", Result.FAILURE, "node {\n" + FILES + retain("") + "\n}");
        jenkins.assertLogContains("'stranger' does not speak for service 'checkout'", run);
        assertThat(RollbackEngine.get().vault().releases()).isEmpty();
    }

    @Test
    public void theSnippetGeneratorKnowsBothSteps() throws Exception {
        SnippetizerTester tester = new SnippetizerTester(jenkins);
        RetainReleaseStep retain = new RetainReleaseStep("checkout", "1.0", "target/*.jar");
        tester.assertRoundTrip(retain, "retainRelease artifacts: 'target/*.jar', service: 'checkout', version: '1.0'");
        retain.setEnvironment("production");
        retain.setSnapshot("rollback/snapshot.yaml");
        retain.setCommit("c0ffee");
        tester.assertRoundTrip(
                retain,
                "retainRelease artifacts: 'target/*.jar', commit: 'c0ffee', environment: 'production',"
                        + " service: 'checkout', snapshot: 'rollback/snapshot.yaml', version: '1.0'");
        RestoreReleaseStep restore = new RestoreReleaseStep();
        tester.assertRoundTrip(restore, "restoreRelease()");
        restore.setService("checkout");
        restore.setVersion("1.0");
        tester.assertRoundTrip(restore, "restoreRelease service: 'checkout', version: '1.0'");
    }

    @Test
    public void worksInADeclarativePipeline() throws Exception {
        WorkflowRun run = run(
                "make",
                Result.SUCCESS,
                "pipeline { agent any\n stages { stage('s') { steps {\n" + FILES + retain("") + "\n} } } }");
        jenkins.assertLogContains("Retained checkout/1.0: 4 files", run);
    }
}
