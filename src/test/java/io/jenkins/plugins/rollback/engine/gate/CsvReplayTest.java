package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CsvReplayTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Analysis analysis() throws Exception {
        return Analysis.parse(AnalysisTest.EXAMPLE, "a.yaml");
    }

    /** Minutes -60 to 59; from the start on the canary has so many times the errors and the latency. */
    private List<String> lines(double worse, boolean epoch) {
        Random random = new Random(42);
        List<String> lines = new ArrayList<>();
        for (int minute = -60; minute < 60; minute++) {
            for (String track : List.of("baseline", "canary")) {
                double factor = minute >= 0 && track.equals("canary") ? worse : 1;
                Instant at = START.plusSeconds(60L * minute);
                String time = epoch ? String.valueOf(at.getEpochSecond()) : at.toString();
                long bad = Math.max(0, Math.round(50 * factor + Math.sqrt(50 * factor) * random.nextGaussian()));
                lines.add(time + ",errors.bad," + track + "," + bad);
                lines.add(time + ",errors.total," + track + ",1000");
                lines.add(time + ",latency," + track + "," + 0.2 * factor * Math.exp(0.1 * random.nextGaussian()));
            }
        }
        return lines;
    }

    private Path file(List<String> lines) throws IOException {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "time,series,track,value\n" + String.join("\n", lines) + "\n");
        return file;
    }

    @Test
    public void aBadReleaseFailsAndHistoryIsNotJudged() throws Exception {
        GateStatus status = CsvReplay.read(analysis(), file(lines(2, false))).run(START);
        assertThat(status.decided()).isEqualTo(Verdict.FAIL);
        assertThat(status.look()).isLessThanOrEqualTo(8);
        assertThat(status.metrics()).extracting("name").containsExactly("errors", "latency");
    }

    @Test
    public void theOrderOfLinesAndTheFormOfTimeDoNotMatter() throws Exception {
        GateStatus expected =
                CsvReplay.read(analysis(), file(lines(1.5, false))).run(START);
        List<String> shuffled = lines(1.5, true);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(CsvReplay.read(analysis(), file(shuffled)).run(START)).isEqualTo(expected);
    }

    @Test
    public void anEarlyEndOfTheFileEndsTheGate() throws Exception {
        List<String> few = lines(1, false).subList(0, 6 * 63);
        GateStatus status = CsvReplay.read(analysis(), file(few)).run(START);
        assertThat(status.decided()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(status.look()).isEqualTo(3);
    }

    @Test
    public void withoutAStartTheFirstSampleIsTheFirstLook() throws Exception {
        Gate gate = CsvReplay.read(analysis(), file(lines(1, false))).gate(null);
        Sample first = gate.samples().get("errors").get(0);
        assertThat(first.isComplete()).isTrue();
        assertThat(first.canaryOf()).isEqualTo(1000);
        assertThat(gate.at(first)).isEqualTo(START.minusSeconds(3600));
    }

    @Test
    public void missingSeriesAndNumbersThatAreNoneAreNoData() throws Exception {
        GateStatus status = CsvReplay.read(
                        analysis(), file(List.of("1795341600,errors.total,canary,NaN", "1795341660,other,canary,1")))
                .run(null);
        assertThat(status.decided()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    public void everyFaultNamesItsLine() throws Exception {
        Path empty = folder.newFile().toPath();
        assertThatThrownBy(() -> CsvReplay.read(analysis(), empty)).hasMessageContaining("line 1 must be the header");
        assertThatThrownBy(() -> CsvReplay.read(analysis(), file(List.of()))).hasMessageContaining("has no samples");
        for (String[] fault : new String[][] {
            {"1,errors.bad,canary", "line 2 has 3 fields"},
            {"yesterday,errors.bad,canary,1", "'yesterday' is no time"},
            {"1,errors.bad,left,1", "the track must be baseline or canary, not 'left'"},
            {"1,errors.bad,canary,many", "'many' is no number"}
        }) {
            assertThatThrownBy(() -> CsvReplay.read(analysis(), file(List.of(fault[0]))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("line 2")
                    .hasMessageContaining(fault[1]);
        }
    }
}
