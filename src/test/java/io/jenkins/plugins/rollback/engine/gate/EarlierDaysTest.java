package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code baseline: {daysAgo: [...]}}. */
public class EarlierDaysTest {

    private static final String ANALYSIS =
            """
            analysis:
              interval: 10s
              looks: 30
              baseline: {daysAgo: [1, 7]}
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad'}
                  total: {source: prom, query: 'total'}
                  tolerance: 0.5
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** 1,000 requests a look on every day; the share of errors of today and of earlier days. */
    private static FakeMetrics metrics(double today, double earlier) {
        return new FakeMetrics((query, at) -> {
            boolean past = daysBefore(at) > 0;
            return query.startsWith("total") ? 1000 : events(at, past ? earlier : today);
        });
    }

    private static double events(Instant at, double share) {
        Random random = new Random(at.toEpochMilli() * 31);
        random.nextDouble();
        return random.doubles(1000).filter(one -> one < share).count();
    }

    private static long daysBefore(Instant at) {
        return Math.max(0, Duration.between(at, FakeMetrics.START).plusHours(12).toDays());
    }

    private static Gate run(String yaml, FakeMetrics metrics) throws Exception {
        Gate gate = Gate.start(Analysis.parse(yaml, "a.yaml"), metrics, metrics, pause -> {});
        while (!gate.status().isEnded()) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
        return gate;
    }

    @Test
    public void whatIsWorseThanTheSameTimeOfEarlierDaysFails() throws Exception {
        FakeMetrics metrics = metrics(0.10, 0.02);
        Gate gate = run(ANALYSIS, metrics);
        assertThat(gate.status().decided()).isEqualTo(Verdict.FAIL);
        assertThat(metrics.asked)
                .contains("bad@10", "total@10")
                .contains("bad@" + (10 - 86_400), "total@" + (10 - 86_400), "bad@" + (10 - 7 * 86_400));
        assertThat(gate.comparedWith()).isEqualTo("the same time 1, 7 days earlier");
    }

    @Test
    public void whatIsAsOnEarlierDaysPasses() throws Exception {
        assertThat(run(ANALYSIS, metrics(0.1, 0.1)).status().decided()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void aDayWithoutDataIsLeftOut() throws Exception {
        FakeMetrics metrics = metrics(0.10, 0.02);
        FakeMetrics.Answer all = metrics.answer;
        metrics.answer = (query, at) -> daysBefore(at) > 2 ? Double.NaN : all.at(query, at);
        assertThat(run(ANALYSIS, metrics).status().decided()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void withoutAnyDayThereIsNoData() throws Exception {
        FakeMetrics metrics = metrics(0.10, 0.02);
        FakeMetrics.Answer all = metrics.answer;
        metrics.answer = (query, at) -> daysBefore(at) > 0 ? Double.NaN : all.at(query, at);
        Gate gate = run(ANALYSIS, metrics);
        assertThat(gate.status().decided()).isIn(Verdict.NO_DATA, Verdict.INCONCLUSIVE);
        assertThat(gate.status().metrics().get(0).reason()).contains("7 days earlier: baseline has no data");
    }

    @Test
    public void historyIsPairedWithTheHistoryOfEarlierDays() throws Exception {
        FakeMetrics metrics = metrics(0.02, 0.02);
        metrics.past = metrics.answer;
        Analysis analysis = Analysis.parse(ANALYSIS.replace("looks: 30", "looks: 30\n  history: 10m"), "a.yaml");
        Asker asker = new Asker(metrics, analysis.interval(), pause -> {});
        List<Sample> history = new GateLook(analysis, asker, null, MetricQuery.CANARY)
                .history(analysis.metrics().get(0), FakeMetrics.START);
        assertThat(history).hasSizeBetween(60, 61).allSatisfy(sample -> {
            Instant at = FakeMetrics.START.plusSeconds(10 * (sample.slot() + 1));
            assertThat(sample.canary()).isEqualTo(events(at, 0.02));
            assertThat(sample.baselineOf()).isEqualTo(1000);
            assertThat(sample.baseline())
                    .isEqualTo((events(at.minus(Duration.ofDays(1)), 0.02) + events(at.minus(Duration.ofDays(7)), 0.02))
                            / 2);
        });
    }

    @Test
    public void theMeanHasTheSizeOfOneDay() {
        double nan = Double.NaN;
        assertThat(EarlierDays.mean(days(2, 100, 4, 300), true)).containsExactly(3, 200);
        assertThat(EarlierDays.mean(days(nan, 100, 4, 300), true))
                .as("no errors on that day")
                .containsExactly(2, 200);
        assertThat(EarlierDays.mean(days(nan, 100, nan, 300), true)).containsExactly(nan, 200);
        assertThat(EarlierDays.mean(days(5, nan, 4, 300), true)).containsExactly(4, 300);
        assertThat(EarlierDays.mean(days(nan, nan), true)).containsExactly(nan, nan);
        assertThat(EarlierDays.mean(days(nan, 1, 4, 1), false)).containsExactly(4, 1);
        assertThat(EarlierDays.mean(days(nan, 1), false)).containsExactly(nan, 1);
    }

    private static List<double[]> days(double... pairs) {
        List<double[]> days = new java.util.ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            days.add(new double[] {pairs[i], pairs[i + 1]});
        }
        return days;
    }

    /** What was recorded is one baseline already. */
    @Test
    public void aReplayTakesTheBaselineOfTheFile() throws Exception {
        StringBuilder csv = new StringBuilder("time,series,track,value\n");
        for (int look = 0; look < 30; look++) {
            Instant at = FakeMetrics.START.plusSeconds(10L * look);
            csv.append("%s,errors.bad,canary,100\n%s,errors.total,canary,1000\n".formatted(at, at));
            csv.append("%s,errors.bad,baseline,20\n%s,errors.total,baseline,1000\n".formatted(at, at));
        }
        Path file = folder.newFile("a.csv").toPath();
        Files.writeString(file, csv);
        GateStatus status =
                CsvReplay.read(Analysis.parse(ANALYSIS, "a.yaml"), file).run(null);
        assertThat(status.decided()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void otherBaselinesAreNamed() throws Exception {
        String plain =
                ANALYSIS.replace("  baseline: {daysAgo: [1, 7]}\n", "").replaceAll("'(bad|total)'", "'$1 \\$track'");
        FakeMetrics metrics = metrics(0.1, 0.1);
        assertThat(Gate.start(Analysis.parse(plain, "a.yaml"), metrics, metrics).comparedWith())
                .isEqualTo("the baseline track beside it");
        assertThat(Analysis.parse(plain, "a.yaml").warnings()).isEmpty();
        assertThat(Analysis.parse(ANALYSIS, "a.yaml").warnings())
                .singleElement()
                .asString()
                .contains("only as far as days are alike");
    }

    @Test
    public void otherNumbersOfDaysAreProblems() {
        assertProblem("{daysAgo: []}", "must be a list of 1 to 7");
        assertProblem("{}", "must be a list of 1 to 7");
        assertProblem("{daysAgo: 1}", "must be a list of 1 to 7");
        assertProblem("{daysAgo: [0]}", "daysAgo must be a whole number from 1 to 60");
        assertProblem("{daysAgo: [7, 7]}", "7 is there twice");
        assertProblem("{weeksAgo: [1]}", "weeksAgo");
        assertThatThrownBy(() -> Analysis.parse(
                        ANALYSIS.replace("interval:", "judge: threshold\n  interval:")
                                .replace("tolerance: 0.5", "threshold: {success: {max: 1}}"),
                        "a.yaml"))
                .hasMessageContaining("has no meaning to the judge threshold");
    }

    private static void assertProblem(String baseline, String problem) {
        AnalysisException e = catchThrowableOfType(
                AnalysisException.class,
                () -> Analysis.parse(ANALYSIS.replace("{daysAgo: [1, 7]}", baseline), "a.yaml"));
        assertThat(e).as(baseline).hasMessageContaining(problem);
    }
}
