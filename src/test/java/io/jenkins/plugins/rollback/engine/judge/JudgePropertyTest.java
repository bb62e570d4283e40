package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/** What must hold of numbers that were chosen because they are awkward; {@link JudgeProperties} tries the others. */
public class JudgePropertyTest {

    private static MetricRule rule(MetricKind kind, Worse worse, double tolerance) {
        return new MetricRule("m", kind, worse, tolerance, 0, 0.01, 0.05, 30);
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

    /** A night's history of a service that is noisier by day: its noise is not believed. */
    @Test
    public void aHistoryThatIsTooQuietIsNotBelieved() {
        MetricRule rule = rule(MetricKind.GAUGE, Worse.INCREASE, 0);
        int failed = 0;
        int believed = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<ValuePair> past = new ArrayList<>();
            for (int look = -199; look <= 0; look++) {
                past.add(new ValuePair(
                        look, Math.exp(0.05 * random.nextGaussian()), Math.exp(0.05 * random.nextGaussian())));
            }
            MetricJudge judge = new MetricJudge(rule);
            LearnedShift shift = new LearnedShift(
                    past.stream().mapToLong(ValuePair::look).toArray(),
                    past.stream()
                            .mapToDouble(pair -> Math.log(pair.canary() / pair.baseline()))
                            .toArray());
            List<ValuePair> looks = new ArrayList<>();
            for (int look = 1; look <= 30; look++) {
                double canary = 0.2 * random.nextGaussian();
                double baseline = 0.2 * random.nextGaussian();
                looks.add(new ValuePair(look, Math.exp(canary), Math.exp(baseline)));
                shift.add(look, canary - baseline);
            }
            believed += shift.above(0) == 0 ? 0 : 1;
            failed += judge.judgeValues(past, looks).verdict() == Verdict.FAIL ? 1 : 0;
        }
        assertThat(believed).isZero();
        assertThat(failed).isLessThanOrEqualTo(6);
    }

    /** Zero on each track half of the time at random: that one track is silent says nothing about the other. */
    @Test
    public void silenceIsNoEvidence() {
        int failed = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            MetricJudge judge = new MetricJudge(rule(MetricKind.COUNT, Worse.INCREASE, 0));
            List<CountPair> looks = new ArrayList<>();
            for (int look = 1; look <= 30; look++) {
                looks.add(new CountPair(look, random.nextBoolean() ? 0 : 50, 1, random.nextBoolean() ? 0 : 50, 1));
            }
            failed += judge.judgeRates(List.of(), looks).verdict() == Verdict.FAIL ? 1 : 0;
        }
        assertThat(failed).isLessThanOrEqualTo(3);
    }

    @Test
    public void specialFunctionsAreRight() {
        // values from DLMF and R: lgamma(0.1), lgamma(100.5), pt(2, 5), pt(-3, 1)
        assertThat(Special.logGamma(0.1)).isCloseTo(2.252712651734206, within(1e-12));
        assertThat(Special.logGamma(100.5)).isCloseTo(361.4355404677806, within(1e-9));
        assertThat(Special.studentCdf(2, 5)).isCloseTo(0.9490302605850709, within(1e-12));
        assertThat(Special.studentCdf(0, 7)).isCloseTo(0.5, within(1e-12));
        assertThat(Special.studentCdf(-3, 1)).isCloseTo(0.10241638234956672, within(1e-12));
        // an approximation from 10 degrees of freedom on: pt(2, 30)
        assertThat(Special.studentCdf(2, 30)).isCloseTo(0.9726874974942, within(1e-4));
        // pnorm(-1.96), pnorm(-5), pnorm(-8)
        assertThat(Normal.tail(1.96)).isCloseTo(0.0249978951482204, within(1e-14));
        assertThat(Normal.tail(5)).isCloseTo(2.866515718791939e-7, within(1e-16));
        assertThat(Normal.tail(8)).isCloseTo(6.220960574271785e-16, within(1e-21));
        for (double z : new double[] {0.1, 1, 3, 6, 12}) {
            assertThat(Normal.above(Normal.tail(z))).isCloseTo(z, within(1e-9));
            assertThat(Special.studentOfNormal(Special.normalOfStudent(z, 40), 40))
                    .isCloseTo(z, within(1e-9));
        }
    }
}
