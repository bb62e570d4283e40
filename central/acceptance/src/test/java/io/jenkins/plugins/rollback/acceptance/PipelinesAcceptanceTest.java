package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;

/** Other shapes of Pipelines: matrix, restarted stages, a shared library, a build started by another. */
public class PipelinesAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final String LIBRARY = String.join(
            "\n",
            "import org.jenkinsci.plugins.workflow.libs.*",
            "def source = new jenkins.plugins.git.GitSCMSource('%2$s')",
            "source.traits = [new jenkins.plugins.git.traits.BranchDiscoveryTrait()]",
            "def library = new LibraryConfiguration('%1$s', new SCMSourceRetriever(source))",
            "library.defaultVersion = 'main'",
            "GlobalLibraries.get().libraries = GlobalLibraries.get().libraries + [library]",
            "");

    /** A cell for each environment: one goes back, the other stays. */
    @Test
    public void theCellsOfAMatrixDeploySideBySide() throws IOException {
        String service = "matrix";
        new RollbackSettings(JENKINS.as("admin")).environment("staging");
        String deploy = "deployRelease(service: 'matrix', environment: \"${WHERE}\", version: params.VERSION,"
                + " onFailure: 'rollback') {\n"
                + "script { if (env.RELEASE_VERSION == '2.0' && env.WHERE == 'staging') { error 'broken' } }\n"
                + "node('') { sh \"cd '${restoreRelease()}' && ./deploy.sh $TRACK\" }\n}\n";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                "pipeline {\nagent none\nstages {\nstage('Build') { steps { script {\n" + Jenkinsfiles.retain(service)
                        + "} } }\nstage('Cells') { matrix {\naxes { axis { name 'WHERE'; values 'staging', 'production' } }\n"
                        + "environment { TRACK = \"${WHERE == 'staging' ? 'canary' : 'everyone'}\" }\n"
                        + "stages { stage('Deploy') { steps {\n" + deploy
                        + "} } } } }\nstage('Later') { steps { echo 'a later stage ran' } }\n} }\n");
        Build build = scenario.deployed("2.0", 0.01, "UNSTABLE");
        LedgerView ledger = new LedgerView(JENKINS.server());
        assertThat(ledger.story(service, "staging"))
                .endsWith("deployment.failed", "rollback.requested", "rollback.started", "rollback.done");
        assertThat(ledger.story(service, "production"))
                .endsWith("deployment.started", "deployment.succeeded")
                .doesNotContain("rollback.requested");
        assertThat(scenario.deploys()).containsExactlyInAnyOrder("canary 1.0", "everyone 2.0");
        assertThat(build.log()).doesNotContain("\na later stage ran");
    }

    @Test
    public void aRestartedStageDeploysAgain() throws IOException {
        String service = "restarted";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                "pipeline {\nagent none\nstages {\nstage('Build') { steps { script {\n" + Jenkinsfiles.retain(service)
                        + "} } }\nstage('Deploy') { steps {\n"
                        + Jenkinsfiles.deploy(service, "", Jenkinsfiles.EVERYONE) + "} }\n} }\n");
        JenkinsClient admin = JENKINS.as("admin");
        admin.post(
                        "job/restarted/job/deploy/1/restart/restart",
                        Map.of("json", "{\"stageName\": \"Deploy\"}", "stageName", "Deploy"))
                .ok();
        Build again = admin.job("restarted/deploy").build(2);
        scenario.ended(again, "SUCCESS");
        assertThat(scenario.deploys()).containsExactly("everyone 1.0");
        assertThat(scenario.story()).containsExactly("deployment.started", "deployment.succeeded");
    }

    @Test
    public void aSharedLibraryWrapsTheStep() throws IOException {
        GitRepository library = new GitRepository(
                        Path.of(JENKINS.server().home().toString(), "..", "git", "library")
                                .normalize())
                .commit(Map.of(
                        "vars/ship.groovy",
                        "def call(Map options, Closure body) {\n"
                                + "    deployRelease(service: options.service, environment: 'production',"
                                + " version: options.version, onFailure: 'rollback') { body() }\n}\n"));
        JENKINS.as("admin").script(String.format(LIBRARY, "shipping", library.url()));
        String service = "library";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                "@Library('shipping') _\n" + Jenkinsfiles.retain(service) + "ship(service: '" + service
                        + "', version: params.VERSION) {\n" + Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE + "}\n");
        scenario.deployed("2.0", 0.01, "UNSTABLE");
        assertThat(scenario.story()).containsExactly(Scenario.WENT_BACK);
        assertThat(scenario.deploys()).containsExactly("everyone 1.0");
    }

    /** Who asked for the outer build asked for the rollback, and must not be the one who allows it. */
    @Test
    public void whoStartedTheOuterBuildMayNotApprove() throws IOException {
        String service = "downstream";
        Scenario scenario = Scenario.of(JENKINS, service, Jenkinsfiles.EVERYONE);
        scenario.deployed("2.0", 0.01, "SUCCESS");
        scenario.project().settings().policy("downstream-people", "alice, bob");
        scenario.project().setWayBack(", approval: 'downstream-people'");
        JENKINS.as("admin")
                .job("outer-build")
                .createPipeline("build job: '/downstream/back', parameters: [string(name: 'RELEASE', value: ''),"
                        + " string(name: 'ROLLBACK_ID', value: '')]");
        Build outer = JENKINS.as("alice").job("outer-build").build();
        scenario.awaitEntry("approval.asked");
        Build back = JENKINS.as("alice").job("downstream/back").build(1);
        String approvals = back.path() + "rollback-approvals/";
        String id = JENKINS.as("bob")
                .get(approvals + "api/json")
                .json()
                .at("/approvals/0/id")
                .asText();
        Map<String, String> yes = Map.of("id", id, "decision", "approve", "reason", "INC-9");
        assertThat(JENKINS.as("alice").post(approvals + "decide", yes).status()).isBetween(400, 499);
        assertThat(scenario.story()).doesNotContain("approval.given");
        JENKINS.as("bob").post(approvals + "decide", yes).ok();
        scenario.ended(outer, "SUCCESS");
        assertThat(scenario.project().tracks().baseline()).isEqualTo("1.0");
    }
}
