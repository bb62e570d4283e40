package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class GateTest {

    private static final String RATIO =
            """
            analysis:
              interval: 10s
              looks: 20
              alpha: 0.01
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  tolerance: 0.5
            """;

    private final List<Long> pauses = new ArrayList<>();

    /** 200 requests a look on the canary, 1800 on the baseline, with the given shares of errors. */
    private static FakeMetrics.Answer errors(double canary, double baseline, long seed) {
        return (query, at) -> {
            int of = query.endsWith("canary") ? 200 : 1800;
            if (query.startsWith("total")) {
                return of;
            }
            Random random = new Random(seed + at.toEpochMilli() * 31 + query.hashCode());
            random.nextDouble();
            int bad = 0;
            for (int i = 0; i < of; i++) {
                bad += random.nextDouble() < (of == 200 ? canary : baseline) ? 1 : 0;
            }
            return bad;
        };
    }

    private Gate gate(String yaml, FakeMetrics metrics) throws Exception {
        return Gate.start(Analysis.parse(yaml, "a.yaml"), metrics, metrics, pauses::add);
    }

    private static GateStatus run(Gate gate, FakeMetrics metrics) throws Exception {
        while (!gate.status().isEnded()) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
        return gate.status();
    }

    @Test
    public void aBadCanaryFailsAfterAFewLooks() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.15, 0.01, 1));
        Gate gate = gate(RATIO, metrics);
        GateStatus status = run(gate, metrics);
        assertThat(status.decided()).isEqualTo(Verdict.FAIL);
        assertThat(status.look()).isBetween(2, 8);
        assertThat(status.summary())
                .contains("errors: ")
                .contains("on the canary")
                .contains("worse than the tolerated 50 %");
        assertThat(status.metrics().get(0).evidence()).isGreaterThanOrEqualTo(100);
        assertThat(status.metrics().get(0).low()).isGreaterThanOrEqualTo(0.5);
        assertThat(status.nextLook()).isNull();
        assertThat(gate.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    public void aHealthyCanaryPassesWithinItsTolerance() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.05, 0.05, 2));
        Gate gate = gate(RATIO.replace("looks: 20", "looks: 60"), metrics);
        GateStatus status = run(gate, metrics);
        assertThat(status.decided()).as(status.summary()).isEqualTo(Verdict.PASS);
        assertThat(status.metrics().get(0).high()).isLessThanOrEqualTo(0.5 + 1e-9);
        assertThat(gate.canary().isEmpty()).isFalse();
    }

    @Test
    public void tooLittleEvidenceIsInconclusiveAndCanBeExtendedOnce() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.01, 0.01, 3));
        String few = RATIO.replace("looks: 20", "looks: 3");
        assertThat(run(gate(few, metrics), metrics).decided()).isEqualTo(Verdict.INCONCLUSIVE);
        FakeMetrics again = new FakeMetrics(errors(0.01, 0.01, 3));
        GateStatus extended = run(gate(few.replace("alpha: 0.01", "onInconclusive: extend"), again), again);
        assertThat(extended.decided()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(extended.look()).isEqualTo(6);
        assertThat(extended.looks()).isEqualTo(6);
    }

    @Test
    public void aCanaryWithoutAnyErrorPassesOnceThatIsProven() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0, 0, 4));
        GateStatus status = run(gate(RATIO.replace("looks: 20", "looks: 60"), metrics), metrics);
        assertThat(status.decided()).isEqualTo(Verdict.PASS);
        assertThat(status.summary()).contains("negligible (below 0.1 %)");
        assertThat(status.look()).as("about 4000 requests without one error").isBetween(15, 45);
    }

    @Test
    public void aServerThatIsDownIsAskedAgainAndEndsTheGateWithError() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> {
            throw new MetricException("metric server 'prom' answered HTTP 503", true, null);
        });
        Gate gate = gate(RATIO, metrics);
        GateStatus status = run(gate, metrics);
        assertThat(status.decided()).isEqualTo(Verdict.ERROR);
        assertThat(status.look()).isEqualTo(4);
        assertThat(status.summary())
                .contains("'prom'")
                .contains("HTTP 503")
                .contains("asked 3 times")
                .contains("4 looks");
        assertThat(gate.outcome()).isEqualTo(Outcome.HOLD);
        assertThat(pauses).contains(500L, 1000L);
    }

    @Test
    public void aShortOutageChangesNothing() throws Exception {
        FakeMetrics.Answer good = errors(0.15, 0.01, 5);
        Instant outage = FakeMetrics.START.plusSeconds(20);
        FakeMetrics metrics = new FakeMetrics((query, at) -> {
            if (!at.isBefore(FakeMetrics.START.plusSeconds(10)) && !at.isAfter(outage)) {
                throw new MetricException("metric server 'prom' gave no answer: timeout", true, null);
            }
            return good.at(query, at);
        });
        assertThat(run(gate(RATIO, metrics), metrics).decided()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void aWrongQueryIsNotRepeatedWithinALook() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> {
            throw new MetricException("metric server 'prom' answered HTTP 400", false, null);
        });
        assertThat(run(gate(RATIO, metrics), metrics).decided()).isEqualTo(Verdict.ERROR);
        assertThat(pauses).isEmpty();
    }

    @Test
    public void anUnknownServerIsAnErrorThatListsTheKnown() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0, 0, 1));
        GateStatus status = run(gate(RATIO.replace("source: prom", "source: promm"), metrics), metrics);
        assertThat(status.decided()).isEqualTo(Verdict.ERROR);
        assertThat(status.summary()).contains("metric server 'promm' is not defined; known are: prom");
    }

    @Test
    public void noDataIsNeitherPassNorError() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> Double.NaN);
        GateStatus status = run(gate(RATIO, metrics), metrics);
        assertThat(status.decided()).isEqualTo(Verdict.NO_DATA);
        assertThat(status.look()).isEqualTo(5);
        assertThat(status.summary()).contains("canary has no data: nothing for");
    }

    @Test
    public void aMetricThatOnlyTheCanaryHasIsNoData() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> query.endsWith("canary") ? 5 : Double.NaN);
        assertThat(run(gate(RATIO, metrics), metrics).decided()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    public void anErrorCounterThatNeverExistedIsNotTakenForZero() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> query.startsWith("bad") ? Double.NaN : 500);
        GateStatus status = run(gate(RATIO, metrics), metrics);
        assertThat(status.decided()).isEqualTo(Verdict.NO_DATA);
        assertThat(status.summary()).contains("or vector(0)");
    }

    @Test
    public void anErrorCounterThatOneTrackHasIsZeroOnTheOther() throws Exception {
        FakeMetrics metrics = new FakeMetrics(
                (query, at) -> query.startsWith("total") ? 500 : query.endsWith("canary") ? 100 : Double.NaN);
        assertThat(run(gate(RATIO, metrics), metrics).decided()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void lateSamplesAreFetchedAtTheNextLook() throws Exception {
        FakeMetrics.Answer good = errors(0.05, 0.05, 6);
        FakeMetrics metrics = new FakeMetrics(null);
        // the server knows a moment only ten seconds later
        metrics.answer = (query, at) -> at.plusSeconds(10).isAfter(metrics.now) ? Double.NaN : good.at(query, at);
        Gate gate = gate(RATIO, metrics);
        for (int i = 0; i < 5; i++) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
        List<Sample> samples = gate.samples().get("errors");
        assertThat(samples).hasSize(4);
        assertThat(samples.subList(0, 3)).allMatch(Sample::isComplete);
        assertThat(samples.get(3).isComplete()).isFalse();
    }

    @Test
    public void savingAndLoadingAtEveryLookGivesTheSameVerdict() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (double canary : new double[] {0.01, 0.02, 0.04, 0.15}) {
            FakeMetrics once = new FakeMetrics(errors(canary, 0.02, 7));
            GateStatus expected = run(gate(RATIO, once), once);
            FakeMetrics metrics = new FakeMetrics(errors(canary, 0.02, 7));
            Gate gate = gate(RATIO, metrics);
            while (!gate.status().isEnded()) {
                metrics.now = gate.status().nextLook();
                gate.look();
                ObjectNode saved = (ObjectNode) json.readTree(gate.save().toString());
                GateStatus before = gate.status();
                gate = Gate.load(saved, metrics, metrics);
                assertThat(gate.status()).isEqualTo(before);
                saved.remove("verdicts"); // as older versions saved it
                gate = Gate.load(saved, metrics, metrics);
                assertThat(gate.status()).isEqualTo(before);
            }
            assertThat(gate.status()).isEqualTo(expected);
        }
    }

    @Test
    public void aLookThatIsNotDueChangesNothing() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.01, 0.01, 8));
        Gate gate = gate(RATIO, metrics);
        gate.look();
        int asked = metrics.asked.size();
        assertThat(gate.status().look()).isZero();
        assertThat(gate.status().nextLook()).isEqualTo(FakeMetrics.START.plusSeconds(10));
        metrics.now = FakeMetrics.START.plusSeconds(9);
        gate.look();
        assertThat(gate.status().look()).isZero();
        assertThat(metrics.asked).hasSize(asked);
    }

    @Test
    public void looksSleptThroughAreNotMadeUpFor() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.01, 0.01, 9));
        Gate gate = gate(RATIO, metrics);
        gate.look();
        metrics.now = FakeMetrics.START.plusSeconds(10);
        gate.look();
        metrics.now = FakeMetrics.START.plusSeconds(3605);
        gate.look();
        assertThat(gate.status().look()).isEqualTo(2);
        assertThat(gate.status().nextLook()).isEqualTo(FakeMetrics.START.plusSeconds(3610));
        assertThat(gate.samples().get("errors")).extracting(Sample::slot).containsExactly(1L, 360L);
    }

    @Test
    public void anInterruptedLookCanBeTakenAgain() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.01, 0.01, 10));
        Analysis analysis = Analysis.parse(RATIO, "a.yaml");
        Gate gate = Gate.start(analysis, metrics, metrics, pause -> {
            throw new InterruptedException();
        });
        gate.look();
        metrics.now = gate.status().nextLook();
        FakeMetrics.Answer good = metrics.answer;
        metrics.answer = (query, at) -> {
            throw new MetricException("down", true, null);
        };
        assertThatThrownBy(gate::look).isInstanceOf(InterruptedException.class);
        assertThat(gate.status().look()).isZero();
        metrics.answer = good;
        assertThat(gate.look().look()).isEqualTo(1);
    }

    @Test
    public void metricsThatAreNotCriticalAreShownAndDecideNothing() throws Exception {
        String yaml = RATIO
                + """
                - name: orders
                  kind: count
                  count: {source: prom, query: 'orders $track'}
                  worse: decrease
                  critical: false
            """
                        .indent(0);
        FakeMetrics.Answer ratio = errors(0, 0, 11);
        FakeMetrics metrics = new FakeMetrics(
                (query, at) -> query.startsWith("orders") ? (query.endsWith("canary") ? 2 : 200) : ratio.at(query, at));
        GateStatus status = run(gate(yaml.replace("looks: 20", "looks: 60"), metrics), metrics);
        assertThat(status.decided()).isEqualTo(Verdict.PASS);
        assertThat(status.metrics().get(1).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void aVerificationComparesWithTheRecordedBaseline() throws Exception {
        FakeMetrics failing = new FakeMetrics(errors(0.15, 0.02, 12));
        Gate failed = gate(RATIO, failing);
        run(failed, failing);
        RecordedBaseline recorded = RecordedBaseline.fromJson(failed.baseline().toJson());
        Analysis analysis = Analysis.parse(RATIO.replace("tolerance: 0.5", "tolerance: 1"), "a.yaml");

        FakeMetrics healthy = new FakeMetrics(errors(0.15, 0.02, 13));
        Gate verify = Gate.startAgainst(analysis, recorded, MetricQuery.BASELINE, healthy, healthy);
        assertThat(run(verify, healthy).decided()).isEqualTo(Verdict.PASS);
        assertThat(healthy.asked).allMatch(question -> question.contains("baseline"));

        FakeMetrics sick = new FakeMetrics(errors(0.15, 0.2, 14));
        Gate again = Gate.load(
                Gate.startAgainst(analysis, recorded, MetricQuery.BASELINE, sick, sick)
                        .save(),
                sick,
                sick);
        assertThat(run(again, sick).decided()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void historyTeachesTheNoiseOfAGauge() throws Exception {
        String yaml =
                """
                analysis:
                  interval: 60s
                  looks: 15
                  history: 4h
                  metrics:
                    - name: latency
                      kind: gauge
                      value: {source: prom, query: 'latency $track'}
                      tolerance: 0.1
                """;
        FakeMetrics.Answer noise = (query, at) -> {
            Random random = new Random(at.toEpochMilli() * 17 + query.hashCode());
            random.nextGaussian();
            double factor = query.endsWith("canary") && at.isAfter(FakeMetrics.START) ? 1.8 : 1;
            return factor * Math.exp(0.2 * random.nextGaussian());
        };
        FakeMetrics with = new FakeMetrics(noise);
        with.past = noise;
        GateStatus quick = run(gate(yaml, with), with);
        FakeMetrics without = new FakeMetrics(noise);
        GateStatus slow = run(gate(yaml, without), without);
        assertThat(quick.decided()).isEqualTo(Verdict.FAIL);
        assertThat(quick.look()).isLessThan(slow.look());
    }

    @Test
    public void oneSecondIsFastEnoughForTheClock() throws Exception {
        FakeMetrics metrics = new FakeMetrics(errors(0.01, 0.01, 15));
        Gate gate = gate(RATIO.replace("10s", "1s"), metrics);
        gate.look();
        metrics.now = FakeMetrics.START.plusMillis(1250);
        gate.look();
        assertThat(Duration.between(FakeMetrics.START, gate.status().nextLook()))
                .isEqualTo(Duration.ofSeconds(2));
    }
}
