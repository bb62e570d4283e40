package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.ClassRule;
import org.junit.Test;

/** What a Jenkinsfile may put around a failure: nothing hides it, nothing makes it go back twice. */
public class FailuresAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final String[] WENT_BACK = {
        "deployment.started", "deployment.failed", "rollback.requested", "rollback.started", "rollback.done"
    };

    @Test
    public void catchErrorAroundAGateHidesNothing() throws IOException {
        Scenario scenario = Scenario.of(
                JENKINS,
                "caught",
                Jenkinsfiles.CANARY + "catchError(buildResult: 'SUCCESS', stageResult: 'SUCCESS') {\n"
                        + Jenkinsfiles.GATE + "}\n" + Jenkinsfiles.EVERYONE);
        scenario.deployed("2.0", 0.3, "UNSTABLE");
        assertThat(scenario.story())
                .startsWith("deployment.started", "gate.started", "gate.verdict", "deployment.failed")
                .endsWith("rollback.verified", "rollback.done");
        assertThat(scenario.deploys()).endsWith("canary 1.0", "everyone 1.0");
        assertThat(scenario.project().tracks().baseline()).isEqualTo("1.0");
    }

    @Test
    public void retryDoesNotStartOver() throws IOException {
        String service = "retried";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                Jenkinsfiles.retain(service) + "retry(3) {\n"
                        + Jenkinsfiles.deploy(service, "", Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE) + "}\n"
                        + "echo 'a later stage ran'\n");
        Build build = scenario.deployed("2.0", 0.01, "UNSTABLE");
        assertThat(scenario.story()).containsExactly(WENT_BACK);
        assertThat(scenario.wholeStory().stream().filter("deployment.started"::equals))
                .hasSize(2);
        assertThat(scenario.deploys()).containsExactly("everyone 1.0");
        assertThat(build.log()).doesNotContain("a later stage ran");
    }

    @Test
    public void anInnerTimeoutGoesBack() throws IOException {
        Scenario scenario = Scenario.of(
                JENKINS,
                "timeout-inner",
                "if (env.RELEASE_VERSION == '2.0') { timeout(time: 2, unit: 'SECONDS') { sleep 600 } }\n"
                        + Jenkinsfiles.EVERYONE);
        scenario.deployed("2.0", 0.01, "UNSTABLE");
        assertThat(scenario.story()).containsExactly(WENT_BACK);
        assertThat(scenario.deploys()).containsExactly("everyone 1.0");
    }

    @Test
    public void anEnclosingTimeoutOnlyProposes() throws IOException {
        String service = "timeout-outer";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                Jenkinsfiles.retain(service) + "timeout(time: params.VERSION == '2.0' ? 10 : 600, unit: 'SECONDS') {\n"
                        + Jenkinsfiles.deploy(
                                service,
                                "",
                                "if (env.RELEASE_VERSION == '2.0') { sleep 600 }\n" + Jenkinsfiles.EVERYONE)
                        + "}\n");
        scenario.deployed("2.0", 0.01, "ABORTED");
        assertThat(scenario.story())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed");
        assertThat(scenario.deploys()).isEmpty();
    }
}
