package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/** What must hold whatever the data. */
public class JudgePropertyTest {

    private static MetricRule rule(MetricKind kind, Worse worse, double tolerance) {
        return new MetricRule("m", kind, worse, tolerance, 0, 0.01, 0.05);
    }

    private static List<ValuePair> values(long seed, double factor, double scale) {
        Simulated series = new Simulated(seed, Simulated.Noise.AR_05);
        List<ValuePair> pairs = new ArrayList<>();
        for (int look = 1; look <= 25; look++) {
            ValuePair pair = series.values(look, factor);
            pairs.add(new ValuePair(look, pair.canary() * scale, pair.baseline() * scale));
        }
        return pairs;
    }

    private static List<CountPair> counts(long seed, double factor) {
        Simulated series = new Simulated(seed, Simulated.Noise.BURSTS);
        List<CountPair> pairs = new ArrayList<>();
        for (int look = 1; look <= 12; look++) {
            pairs.add(series.counts(look, 300, 900, 0.05, factor));
        }
        return pairs;
    }

    @Test
    public void theScaleOfAGaugeDoesNotMatter() {
        for (int seed = 0; seed < 20; seed++) {
            MetricRule rule = rule(MetricKind.GAUGE, Worse.INCREASE, 0.1);
            MetricVerdict expected = new MetricJudge(rule).judgeValues(List.of(), values(seed, 1.5, 1));
            for (double scale : new double[] {1e-9, 1e-3, 7, 1e9}) {
                MetricVerdict scaled = new MetricJudge(rule).judgeValues(List.of(), values(seed, 1.5, scale));
                assertThat(scaled.verdict()).isEqualTo(expected.verdict());
                assertThat(scaled.effect()).isCloseTo(expected.effect(), within(1e-9));
                assertThat(scaled.evidence()).isCloseTo(expected.evidence(), within(1e-6 * expected.evidence()));
            }
        }
    }

    @Test
    public void theScaleDoesNotMatterWhereAGaugeTouchesZero() {
        MetricRule rule = rule(MetricKind.GAUGE, Worse.INCREASE, 0.1);
        for (double scale : new double[] {1e-9, 1e9}) {
            assertThat(new MetricJudge(rule)
                            .judgeValues(List.of(), withZeros(scale))
                            .evidence())
                    .isCloseTo(
                            new MetricJudge(rule)
                                    .judgeValues(List.of(), withZeros(1))
                                    .evidence(),
                            within(1e-6));
        }
    }

    private static List<ValuePair> withZeros(double scale) {
        Random random = new Random(5);
        List<ValuePair> pairs = new ArrayList<>();
        for (int look = 1; look <= 20; look++) {
            double canary = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            double baseline = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            pairs.add(new ValuePair(look, canary * scale, baseline * scale));
        }
        return pairs;
    }

    @Test
    public void swappingTheSidesMirrorsTheVerdict() {
        for (int seed = 0; seed < 15; seed++) {
            List<ValuePair> values = values(seed, 1.6, 1);
            List<ValuePair> swapped = values.stream()
                    .map(pair -> new ValuePair(pair.look(), pair.baseline(), pair.canary()))
                    .toList();
            MetricVerdict more =
                    new MetricJudge(rule(MetricKind.GAUGE, Worse.INCREASE, 0.2)).judgeValues(List.of(), values);
            MetricVerdict less =
                    new MetricJudge(rule(MetricKind.GAUGE, Worse.DECREASE, 0.2)).judgeValues(List.of(), swapped);
            assertMirrored(more, less);
            List<CountPair> counts = counts(seed, 2);
            List<CountPair> turned = counts.stream()
                    .map(p -> new CountPair(p.look(), p.baseline(), p.baselineOf(), p.canary(), p.canaryOf()))
                    .toList();
            assertMirrored(
                    new MetricJudge(rule(MetricKind.RATIO, Worse.INCREASE, 0.2)).judgeRates(List.of(), counts),
                    new MetricJudge(rule(MetricKind.RATIO, Worse.DECREASE, 0.2)).judgeRates(List.of(), turned));
        }
    }

    private static void assertMirrored(MetricVerdict more, MetricVerdict less) {
        assertThat(less.verdict()).isEqualTo(more.verdict());
        assertThat(less.evidence()).isCloseTo(more.evidence(), within(1e-6 * more.evidence()));
        assertThat(1 / (1 + less.effect())).isCloseTo(1 + more.effect(), within(1e-6));
    }

    @Test
    public void theIntervalAgreesWithTheVerdict() {
        for (int seed = 0; seed < 30; seed++) {
            double factor = 0.5 + seed % 6 * 0.5;
            MetricVerdict gauge = new MetricJudge(rule(MetricKind.GAUGE, Worse.INCREASE, 0.3))
                    .judgeValues(List.of(), values(seed, factor, 1));
            MetricVerdict ratio = new MetricJudge(rule(MetricKind.RATIO, Worse.INCREASE, 0.3))
                    .judgeRates(List.of(), counts(seed, factor));
            for (MetricVerdict one : List.of(gauge, ratio)) {
                assertThat(one.low()).isLessThanOrEqualTo(one.high());
                assertThat(one.verdict() == Verdict.FAIL).isEqualTo(one.low() >= 0.3 - 1e-6);
                assertThat(one.verdict() == Verdict.PASS).isEqualTo(one.high() <= 0.3 + 1e-6);
            }
        }
    }

    @Test
    public void goingOnIsTheSameAsBeginningAnewAndLateSamplesMayComeInAnyOrder() {
        List<CountPair> looks = counts(3, 1.4);
        MetricRule rule = rule(MetricKind.RATIO, Worse.EITHER, 0.1);
        MetricVerdict expected = new MetricJudge(rule).judgeRates(List.of(), looks);
        MetricJudge judge = new MetricJudge(rule);
        List<CountPair> arrived = new ArrayList<>();
        List<CountPair> order = new ArrayList<>(looks);
        Collections.shuffle(order, new Random(1));
        MetricVerdict last = null;
        for (CountPair pair : order) {
            arrived.add(pair);
            arrived.sort((a, b) -> Long.compare(a.look(), b.look()));
            last = judge.judgeRates(List.of(), List.copyOf(arrived));
        }
        assertThat(last).isEqualTo(expected);
    }

    @Test
    public void constantSeriesNeitherCrashNorLie() {
        MetricRule rule = rule(MetricKind.GAUGE, Worse.INCREASE, 0.1);
        List<ValuePair> same = new ArrayList<>();
        List<ValuePair> zero = new ArrayList<>();
        List<ValuePair> higher = new ArrayList<>();
        for (int look = 1; look <= 20; look++) {
            same.add(new ValuePair(look, 3, 3));
            zero.add(new ValuePair(look, 0, 0));
            higher.add(new ValuePair(look, 4, 3));
        }
        assertThat(new MetricJudge(rule).judgeValues(List.of(), same).verdict()).isEqualTo(Verdict.PASS);
        assertThat(new MetricJudge(rule).judgeValues(List.of(), zero).verdict()).isEqualTo(Verdict.PASS);
        assertThat(new MetricJudge(rule).judgeValues(List.of(), higher).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(new MetricJudge(rule)
                        .judgeValues(List.of(), same.subList(0, 1))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    public void numbersOfAnySizeAreSurvived() {
        MetricRule ratio = rule(MetricKind.RATIO, Worse.INCREASE, 0.1);
        for (double size : new double[] {1e-300, 0.3, 1e6, 1e15}) {
            List<CountPair> looks = new ArrayList<>();
            for (int look = 1; look <= 5; look++) {
                looks.add(new CountPair(look, size, 10 * size, size, 10 * size));
                looks.add(new CountPair(look + 100, 0, size, size, size));
            }
            MetricVerdict verdict = new MetricJudge(ratio).judgeRates(List.of(), looks);
            assertThat(verdict.evidence()).isNotNaN();
            assertThat(verdict.verdict()).isNotEqualTo(Verdict.FAIL);
        }
    }

    @Test
    public void specialFunctionsAreRight() {
        // values from DLMF and R: lgamma(0.1), lgamma(100.5), pt(2, 5), pt(-3, 1)
        assertThat(Special.logGamma(0.1)).isCloseTo(2.252712651734206, within(1e-12));
        assertThat(Special.logGamma(100.5)).isCloseTo(361.4355404677806, within(1e-9));
        assertThat(Special.studentCdf(2, 5)).isCloseTo(0.9490302605850709, within(1e-12));
        assertThat(Special.studentCdf(0, 7)).isCloseTo(0.5, within(1e-12));
        assertThat(Special.studentCdf(-3, 1)).isCloseTo(0.10241638234956672, within(1e-12));
    }
}
