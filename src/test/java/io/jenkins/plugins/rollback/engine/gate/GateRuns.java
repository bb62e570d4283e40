package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a gate to its end in each of the ways that must come to the same: live, with restarts, replayed from a file. */
final class GateRuns {

    private GateRuns() {}

    /** Killed after every look, or replayed, it must say the same as without. */
    static void assertSame(String yaml, FakeMetrics.Answer answer) throws Exception {
        Gate live = live(yaml, answer);
        assertThat(restarted(yaml, answer).status()).isEqualTo(live.status());
        assertThat(replayed(yaml, live)).isEqualTo(live.status());
    }

    static Gate live(String yaml, FakeMetrics.Answer answer) throws Exception {
        FakeMetrics metrics = new FakeMetrics(answer);
        Gate gate = start(yaml, metrics);
        while (!gate.status().isEnded()) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
        return gate;
    }

    /** As if the controller were killed after every look. */
    static Gate restarted(String yaml, FakeMetrics.Answer answer) throws Exception {
        FakeMetrics metrics = new FakeMetrics(answer);
        Gate gate = start(yaml, metrics);
        while (!gate.status().isEnded()) {
            metrics.now = gate.status().nextLook();
            gate.look();
            ObjectNode saved =
                    (ObjectNode) new ObjectMapper().readTree(gate.save().toString());
            saved.remove("verdicts"); // so that its samples are judged once more
            gate = Gate.load(saved, metrics, metrics);
        }
        return gate;
    }

    private static Gate start(String yaml, FakeMetrics metrics) throws Exception {
        return Gate.start(Analysis.parse(yaml, "a.yaml"), metrics, metrics, pause -> {});
    }

    /** What a gate saw, written as a file and judged again. */
    static GateStatus replayed(String yaml, Gate gate) throws Exception {
        StringBuilder csv = new StringBuilder("time,series,track,value\n");
        gate.samples().forEach((name, samples) -> {
            for (Sample sample : samples) {
                boolean ratio = gate.analysis().metrics().stream()
                        .anyMatch(one -> one.name().equals(name) && one.bad() != null);
                String time = gate.at(sample).toString();
                row(csv, time, name + (ratio ? ".bad" : ""), MetricQuery.CANARY, sample.canary());
                row(csv, time, name + (ratio ? ".bad" : ""), MetricQuery.BASELINE, sample.baseline());
                if (ratio) {
                    row(csv, time, name + ".total", MetricQuery.CANARY, sample.canaryOf());
                    row(csv, time, name + ".total", MetricQuery.BASELINE, sample.baselineOf());
                }
            }
        });
        Path file = Files.createTempFile("gate", ".csv");
        try {
            Files.writeString(file, csv);
            return CsvReplay.read(Analysis.parse(yaml, "a.yaml"), file).run(null);
        } finally {
            Files.delete(file);
        }
    }

    private static void row(StringBuilder csv, String time, String series, String track, double value) {
        csv.append(time).append(',').append(series).append(',').append(track).append(',');
        csv.append(Double.isNaN(value) ? "" : value).append('\n');
    }
}
