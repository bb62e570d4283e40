package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.ClassRule;
import org.junit.Test;

/** The agent of a deployment is killed and removed. */
public class AgentsAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Test
    public void anAgentThatTheBodyAskedForIsReplaced() throws IOException {
        String onAgent = "    node(env.RELEASE_VERSION == '2.0' ? 'lost-inside' : '') {\n"
                + "        sh \"cd '${restoreRelease()}' && ./deploy.sh everyone\"\n    }\n";
        Scenario scenario = Scenario.of(JENKINS, "agent-inside", onAgent);
        try (AgentProcess agent = new AgentProcess(JENKINS, "lost-inside")) {
            Build build = scenario.held("2.0");
            agent.lose();
            scenario.project().tracks().letGo();
            scenario.ended(build, "UNSTABLE");
        }
        assertThat(scenario.story()).containsExactly(Scenario.WENT_BACK);
        assertThat(scenario.project().tracks().baseline()).isEqualTo("1.0");
    }

    @Test
    public void withoutTheAgentAroundTheStepPeopleMustDecide() throws IOException {
        String service = "agent-outside";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                Jenkinsfiles.retain(service) + "node(params.VERSION == '2.0' ? 'lost-outside' : '') {\n"
                        + Jenkinsfiles.deploy(service, "", "    sh 'cd \"$RELEASE_DIR\" && ./deploy.sh everyone'\n")
                        + "}\n");
        try (AgentProcess agent = new AgentProcess(JENKINS, "lost-outside")) {
            Build build = scenario.held("2.0");
            agent.lose();
            assertThat(build.waitForResult(Scenario.LIMIT)).as(build.log()).isNotEqualTo("SUCCESS");
        }
        assertThat(scenario.story())
                .startsWith("deployment.started")
                .contains("rollback.proposed")
                .doesNotContain("deployment.succeeded", "rollback.started", "rollback.done");
    }
}
