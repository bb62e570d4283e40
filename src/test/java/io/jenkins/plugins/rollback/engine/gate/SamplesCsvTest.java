package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A gate's samples as a file, replayed: the same verdict at the same look for the same reasons. */
public class SamplesCsvTest {

    private static final String ANALYSIS =
            """
            analysis:
              interval: 10s
              looks: 12
              history: 10m
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  tolerance: 0.5
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'latency $track'}
                  tolerance: 0.3
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static FakeMetrics.Answer numbers(double sick) {
        return (query, at) -> {
            Random random = new Random(at.toEpochMilli() * 31 + query.hashCode());
            random.nextGaussian();
            boolean worse = query.endsWith("canary") && at.isAfter(FakeMetrics.START);
            if (query.startsWith("latency")) {
                return 0.2 * (worse ? Math.sqrt(sick) : 1) * Math.exp(0.1 * random.nextGaussian());
            }
            return query.startsWith("total") ? 1000 : Math.round(20 * (worse ? sick : 1) + 4 * random.nextGaussian());
        };
    }

    private static Gate gate(String yaml, FakeMetrics metrics) throws Exception {
        metrics.past = metrics.answer;
        return Gate.start(Analysis.parse(yaml, "a.yaml"), metrics, metrics, pause -> {});
    }

    private static void look(Gate gate, FakeMetrics metrics, int times) throws Exception {
        for (int i = 0; i < times && !gate.status().isEnded(); i++) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
    }

    private Gate replayed(Gate gate) throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, SamplesCsv.of(gate));
        Analysis analysis = Analysis.parse(gate.analysis().text(), "a.yaml");
        return CsvReplay.read(analysis, file).gate(null);
    }

    private void same(Gate gate) throws Exception {
        assertThat(gate.status().isEnded()).isTrue();
        Gate replayed = replayed(gate);
        assertThat(replayed.status().decided()).isEqualTo(gate.status().decided());
        assertThat(replayed.status().look()).isEqualTo(gate.status().look());
        assertThat(replayed.status().metrics()).isEqualTo(gate.status().metrics());
        assertThat(replayed.trail()).as("every look on the way").isEqualTo(gate.trail());
    }

    @Test
    public void everyVerdictComesBack() throws Exception {
        for (double sick : new double[] {1, 1.5, 4}) {
            FakeMetrics metrics = new FakeMetrics(numbers(sick));
            Gate gate = gate(ANALYSIS, metrics);
            look(gate, metrics, 100);
            same(gate);
        }
    }

    @Test
    public void looksThatWereSleptThroughAreNoneInTheReplay() throws Exception {
        FakeMetrics metrics = new FakeMetrics(numbers(1.5));
        Gate gate = gate(ANALYSIS, metrics);
        look(gate, metrics, 4);
        metrics.now = metrics.now.plusSeconds(600); // many more than those after which missing data ends a gate
        gate.look();
        look(gate, metrics, 100);
        assertThat(gate.trail().get(3).slot() - gate.trail().get(2).slot()).isGreaterThan(10);
        same(gate);
    }

    @Test
    public void aGateThatWasAsleepAtItsFirstLookToo() throws Exception {
        FakeMetrics metrics = new FakeMetrics(numbers(1.5));
        Gate gate = gate(ANALYSIS, metrics);
        gate.look();
        metrics.now = FakeMetrics.START.plusSeconds(75);
        gate.look();
        assertThat(gate.trail().get(0).slot()).isEqualTo(7);
        look(gate, metrics, 100);
        same(gate);
    }

    @Test
    public void looksThatAPersonGaveOrTookAreInTheReplay() throws Exception {
        FakeMetrics metrics = new FakeMetrics(numbers(1));
        Gate extended = gate(ANALYSIS.replace("tolerance: 0.5", "tolerance: 0.0001"), metrics);
        extended.extendTo(20);
        look(extended, metrics, 100);
        assertThat(extended.status().look()).isEqualTo(20);
        same(extended);

        FakeMetrics others = new FakeMetrics(numbers(1.2));
        Gate stopped = gate(ANALYSIS, others);
        look(stopped, others, 4);
        stopped.endNow();
        assertThat(stopped.status().look()).isEqualTo(3);
        same(stopped);
    }

    @Test
    public void whereThePersonOverruledTheReplaySaysWhatTheJudgeSaid() throws Exception {
        FakeMetrics metrics = new FakeMetrics(numbers(1.2));
        Gate gate = gate(ANALYSIS, metrics);
        look(gate, metrics, 4);
        Verdict judged = gate.status().soFar();
        gate.override(Verdict.FAIL);
        assertThat(replayed(gate).status().decided()).isEqualTo(judged);
    }

    @Test
    public void aServerThatFailsAndDataThatIsMissingStayTwoThings() throws Exception {
        FakeMetrics.Answer good = numbers(1.2);
        Instant from = FakeMetrics.START.plusSeconds(25);
        FakeMetrics down = new FakeMetrics((query, at) -> {
            if (at.isAfter(from)) {
                throw new MetricException("metric server 'prom' answered HTTP 503", false, null);
            }
            return good.at(query, at);
        });
        Gate failed = gate(ANALYSIS, down);
        look(failed, down, 100);
        assertThat(failed.status().decided()).isEqualTo(Verdict.ERROR);
        Gate again = replayed(failed);
        assertThat(again.status().decided()).isEqualTo(Verdict.ERROR);
        assertThat(again.status().look()).isEqualTo(failed.status().look());

        FakeMetrics silent = new FakeMetrics((query, at) -> at.isAfter(from) ? Double.NaN : good.at(query, at));
        Gate missing = gate(ANALYSIS, silent);
        look(missing, silent, 100);
        assertThat(missing.status().decided()).isEqualTo(Verdict.NO_DATA);
        assertThat(replayed(missing).status().decided()).isEqualTo(Verdict.NO_DATA);
        assertThat(replayed(missing).status().look()).isEqualTo(missing.status().look());
    }

    @Test
    public void theClassicJudgesToo() throws Exception {
        for (String judge : new String[] {"kayenta", "slo", "threshold"}) {
            String keys = judge.equals("threshold")
                    ? "      threshold: {success: {max: 0.3}, failureLimit: 2}\n"
                    : judge.equals("slo") ? "      slo: {pass: [\"<=+10%\"]}\n" : "      critical: true\n";
            String yaml = "analysis:\n  judge: " + judge + "\n  interval: 10s\n  looks: 12\n  metrics:\n"
                    + "    - name: latency\n      kind: gauge\n"
                    + "      value: {source: prom, query: 'latency $track'}\n" + keys;
            FakeMetrics metrics = new FakeMetrics(numbers(4));
            Gate gate = gate(yaml, metrics);
            look(gate, metrics, 100);
            same(gate);
        }
    }
}
