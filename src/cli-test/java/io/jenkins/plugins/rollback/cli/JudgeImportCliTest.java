package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.gate.Analysis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JudgeImportCliTest {

    private static final String ARGO =
            """
            kind: AnalysisTemplate
            spec:
              args: [{name: service}]
              metrics:
              - name: success-rate
                interval: 1m
                count: 3
                initialDelay: 1m
                successCondition: result[0] >= 0.95
                provider:
                  prometheus: {query: 'ok{service="{{args.service}}"}'}
            """;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path file(String text) throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, text);
        return file;
    }

    @Test
    public void printsAnAnalysisFileThatJudges() throws Exception {
        Cli imported = Cli.run("judge", "import", file(ARGO).toString(), "--source", "thanos");
        assertThat(imported.status).as(imported.err).isZero();
        assertThat(imported.err)
                .contains("spec.metrics[0].initialDelay: put a sleep before the gate instead")
                .contains("spec.args: became $track");
        assertThat(Analysis.parse(imported.out, "a.yaml").sources()).containsExactly("thanos");

        Path analysis = file(imported.out);
        String header = "time,series,track,value\n";
        for (double[] last : new double[][] {{0.99, 0}, {0.9, 1}}) {
            Path data =
                    file(header + "0,success-rate,canary,0.97\n60,success-rate,canary,0.96\n120,success-rate,canary,"
                            + last[0] + "\n");
            Cli judged = Cli.run("judge", "--analysis", analysis.toString(), "--data", data.toString());
            assertThat(judged.status).as(judged.out + judged.err).isEqualTo((int) last[1]);
        }
    }

    @Test
    public void jsonHoldsTheFileAndWhatIsLost() throws Exception {
        Cli imported = Cli.run("judge", "import", "--json", file(ARGO).toString());
        assertThat(imported.status).isZero();
        assertThat(imported.err).isEmpty();
        assertThat(imported.json().path("format").asText()).isEqualTo("Argo Rollouts");
        Analysis.parse(imported.json().path("analysis").asText(), "a.yaml");
        assertThat(imported.json().path("lost").findValuesAsText("path"))
                .containsExactly("spec.metrics[0].initialDelay", "spec.args");
    }

    @Test
    public void whatCannotBeImportedIsBadInput() throws Exception {
        Cli cli = Cli.run("judge", "import", file("kind: Service").toString());
        assertThat(cli.status).isEqualTo(2);
        assertThat(cli.out).isEmpty();
        assertThat(cli.err.strip().lines()).hasSize(1);
        assertThat(Cli.run("judge", "import", "nowhere.json").status).isEqualTo(2);
        assertThat(Cli.run("judge", "import").status).isEqualTo(2);
    }

    @Test
    public void judgingStillNeedsItsOptions() {
        Cli cli = Cli.run("judge", "--data", "x.csv");
        assertThat(cli.status).isEqualTo(2);
        assertThat(cli.err).contains("Missing required option: '--analysis=FILE'");
    }
}
