package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JudgeCliTest {

    private static final String ANALYSIS =
            """
            analysis:
              interval: 1m
              looks: 30
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad{track="$track"}'}
                  total: {source: prom, query: 'all{track="$track"}'}
                  worse: increase
                  tolerance: 0.5
            """;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private Path analysis;

    @Before
    public void files() throws Exception {
        root = folder.getRoot().toPath();
        analysis = root.resolve("canary.yaml");
        Files.writeString(analysis, ANALYSIS);
        Files.createDirectories(root.resolve("data"));
        Files.writeString(root.resolve("data/bad.csv"), series(0.30));
        Files.writeString(root.resolve("data/good.csv"), series(0.02));
    }

    /** Thirty minutes at 1000 requests each; the baseline has 2 % errors. */
    private static String series(double canary) {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("time,series,track,value\n");
        for (int minute = 0; minute < 30; minute++) {
            long time = 1_795_000_000L + 60 * minute;
            for (String track : new String[] {"baseline", "canary"}) {
                double share = track.equals("canary") ? canary : 0.02;
                int bad = 0;
                for (int i = 0; i < 1000; i++) {
                    bad += random.nextDouble() < share ? 1 : 0;
                }
                csv.append(time)
                        .append(",errors.bad,")
                        .append(track)
                        .append(',')
                        .append(bad)
                        .append('\n');
                csv.append(time).append(",errors.total,").append(track).append(",1000\n");
            }
        }
        return csv.toString();
    }

    @Test
    public void failsABadCanary() throws Exception {
        Cli cli = Cli.run(
                "judge",
                "--analysis",
                analysis.toString(),
                "--data",
                root.resolve("data/bad.csv").toString(),
                "--json");

        assertThat(cli.status).as(cli.err).isEqualTo(1);
        assertThat(cli.json().path("verdict").asText()).isEqualTo("FAIL");
        assertThat(cli.json().path("look").asInt()).isBetween(1, 15);
        JsonNode metric = cli.json().at("/metrics/0");
        assertThat(metric.path("name").asText()).isEqualTo("errors");
        assertThat(metric.path("effect").asDouble()).isGreaterThan(5);
        assertThat(metric.path("interval")).hasSize(2);
        assertThat(metric.path("evidence").asDouble()).isGreaterThan(99);
        assertThat(metric.path("reason").asText()).isNotEmpty();
    }

    @Test
    public void replaysEveryFileOfAFolderInOneProcess() throws Exception {
        Cli cli = Cli.run(
                "judge",
                "--analysis",
                analysis.toString(),
                "--data",
                root.resolve("data").toString(),
                "--json");

        assertThat(cli.status).isEqualTo(1);
        String[] lines = cli.out.split("\n");
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines[0]).path("file").asText()).endsWith("bad.csv");
        assertThat(new ObjectMapper().readTree(lines[1]).path("verdict").asText())
                .isNotEqualTo("FAIL");
    }

    @Test
    public void withoutAnythingAfterTheStartThereIsNoData() throws Exception {
        Cli cli = Cli.run(
                "judge",
                "--analysis",
                analysis.toString(),
                "--data",
                root.resolve("data/good.csv").toString(),
                "--start",
                "2030-01-01T00:00:00Z",
                "--json");

        assertThat(cli.status).as(cli.out + cli.err).isEqualTo(3);
        assertThat(cli.json().path("verdict").asText()).isEqualTo("NO_DATA");
    }

    @Test
    public void badInputIsOneLine() throws Exception {
        Path broken = root.resolve("broken.csv");
        Files.writeString(broken, "time,series,track,value\n1,errors.bad,sideways,1\n");
        Path yaml = root.resolve("broken.yaml");
        Files.writeString(yaml, "analysis:\n  looks: many\n");
        String good = root.resolve("data/good.csv").toString();

        Cli[] all = {
            Cli.run("judge", "--analysis", analysis.toString(), "--data", broken.toString()),
            Cli.run("judge", "--analysis", yaml.toString(), "--data", good),
            Cli.run("judge", "--analysis", "none.yaml", "--data", good),
            Cli.run("judge", "--analysis", analysis.toString(), "--data", "none.csv"),
            Cli.run("judge", "--analysis", analysis.toString(), "--data", good, "--start", "soon"),
            Cli.run(
                    "judge",
                    "--analysis",
                    analysis.toString(),
                    "--data",
                    folder.newFolder().toString())
        };

        for (Cli cli : all) {
            assertThat(cli.status).as(cli.err).isEqualTo(2);
            assertThat(cli.err).hasLineCount(1);
            assertThat(cli.out).isEmpty();
        }
        assertThat(all[0].err).contains("line 2");
        assertThat(all[1].err).contains("looks");
        assertThat(all[4].err).contains("--start: 'soon' is no time");
    }
}
