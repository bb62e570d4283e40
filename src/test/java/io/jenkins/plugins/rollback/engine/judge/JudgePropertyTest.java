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
