package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.ClassRule;
import org.junit.Test;

/** The main job rehearsed in a Pipeline: what it found is in the log, in the Pipeline's hands and on the build. */
public class DrillAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Test
    public void aBadCanaryIsRehearsed() throws IOException {
        Build build = JENKINS.as("admin")
                .job("rehearsal")
                .createPipeline("def drill = rollbackDrill scenario: 'bad-canary', seed: 7\n"
                        + "echo \"drill: $drill.verdict $drill.rollback $drill.verification $drill.ledgerOk\"")
                .build();
        assertThat(build.waitForResult(Duration.ofMinutes(3))).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log()).contains("drill: FAIL DONE PASS true");

        JenkinsClient reader = JENKINS.as("eve");
        JsonNode report = reader.get(build.path() + "rollback-drill-1/json").json();
        assertThat(report.at("/gate/verdict").asText()).isEqualTo("FAIL");
        assertThat(report.at("/rollback/outcome").asText()).isEqualTo("DONE");
        assertThat(report.at("/verification/verdict").asText()).isEqualTo("PASS");
        assertThat(report.at("/ledger/ok").asBoolean()).isTrue();
        assertThat(reader.get(build.path() + "rollback-drill-1/report").ok().body())
                .contains("<svg", "bad-canary");
        assertThat(reader.get(build.path()).ok().body()).contains("rollback-drill-1/report");
    }

    @Test
    public void anUnknownScenarioIsRefusedWithTheKnownOnes() {
        Build build = JENKINS.as("admin")
                .job("rehearsal-unknown")
                .createPipeline("rollbackDrill scenario: 'meteorite'")
                .build();
        assertThat(build.waitForResult(Duration.ofMinutes(1))).isEqualTo("FAILURE");
        assertThat(build.log()).contains("meteorite", "bad-canary", "healthy-canary");
    }
}
