package io.jenkins.plugins.rollback.engine.judge.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.Test;

/**
 * The cases of Kayenta's {@code StatisticSuite}, {@code DetectorSuite} and {@code TransformSuite} (spinnaker/kayenta at
 * a69573be, Netflix, Apache License 2.0) for what its judge uses: percentiles, effect sizes, outliers, missing values.
 */
public class KayentaStatisticsTest {

    private static double[] of(double... values) {
        return values;
    }

    @Test
    public void percentilesInterpolateBetweenValues() {
        double[] steps = of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5);
        assertThat(Statistics.percentile(steps, 5)).isCloseTo(0.175, within(1e-4));
        assertThat(Statistics.percentile(steps, 50)).isEqualTo(1.75);
        assertThat(Statistics.percentile(steps, 100)).isEqualTo(3.5);
        assertThat(Statistics.percentile(of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 50)).isEqualTo(4.5);
        assertThat(Statistics.percentile(of(1.0), 100)).isEqualTo(1);
        assertThat(Statistics.percentile(of(), 50)).isNaN();
        double[] nist = of(
                95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610, 95.1591, 95.1195, 95.1772, 95.0925, 95.1990,
                95.1682);
        assertThat(Statistics.percentile(nist, 90)).isCloseTo(95.19568, within(1e-9));
    }

    @Test
    public void theMeanRatioHasNoValueWhereAMeanIsZero() {
        double[] ones = of(1, 1, 1, 1, 1);
        double[] tens = of(10, 10, 10, 10, 10);
        assertThat(EffectSize.MEAN_RATIO.of(ones, ones)).isEqualTo(1);
        assertThat(EffectSize.MEAN_RATIO.of(tens, ones)).isEqualTo(10);
        assertThat(EffectSize.MEAN_RATIO.of(tens, of(100, 100, 100, 100, 100))).isEqualTo(0.1);
        assertThat(EffectSize.MEAN_RATIO.of(tens, of(0, 0, 0, 0, 0))).isNaN();
    }

    @Test
    public void theCommonLanguageEffectSizeIsAShareOfPairs() {
        double[] five = of(1, 2, 3, 4, 5);
        assertThat(EffectSize.CLES.of(five, five)).isEqualTo(0.5);
        double[] low = of(
                2.27776335,
                2.61149434,
                3.26894105,
                2.91672701,
                1.40656921,
                2.18292082,
                3.47901292,
                3.00034118,
                3.02402043,
                4.69912745);
        double[] high = of(
                25.31531073,
                25.19450817,
                24.6288846,
                24.37991861,
                26.40999244,
                25.28524759,
                24.99788745,
                26.13841676,
                22.93604649,
                24.56817832);
        assertThat(EffectSize.CLES.of(low, high)).isZero();
        assertThat(EffectSize.CLES.of(high, low)).isEqualTo(1);
    }

    @Test
    public void outliersLieOutsideTukeysFences() {
        assertThat(Outliers.removed(of(21, 23, 24, 25, 50, 29, 23, 21), 1.5, false))
                .containsExactly(21, 23, 24, 25, 29, 23, 21);
        assertThat(Outliers.removed(of(1, 1, 1, 5, -1, -1, -1, -5), 1.5, false)).containsExactly(1, 1, 1, -1, -1, -1);
        assertThat(Outliers.removed(of(), 1.5, false)).isEmpty();
        double[] nist = of(
                30, 171, 184, 201, 212, 250, 265, 270, 272, 289, 305, 306, 322, 322, 336, 346, 351, 370, 390, 404, 409,
                411, 436, 437, 439, 441, 444, 448, 451, 453, 470, 480, 482, 487, 494, 495, 499, 503, 514, 521, 522, 527,
                548, 550, 559, 560, 570, 572, 574, 578, 585, 592, 592, 607, 616, 618, 621, 629, 637, 638, 640, 656, 668,
                707, 709, 719, 737, 739, 752, 758, 766, 792, 792, 794, 802, 818, 830, 832, 843, 858, 860, 869, 918, 925,
                953, 991, 1000, 1005, 1068, 1441);
        assertThat(Outliers.removed(nist, 1.5, false)).hasSize(nist.length - 1).doesNotContain(1441);
    }

    @Test
    public void theJudgeKeepsWhatLiesBetweenTheFirstAndTheLastPercent() {
        double[] one = DoubleStream.concat(DoubleStream.generate(() -> 7).limit(300), DoubleStream.of(8, 8, 8, 8, 8))
                .toArray();
        assertThat(Outliers.removed(one, 3, false)).doesNotContain(8);
        assertThat(Outliers.removed(one, 3, true)).contains(8);
    }

    @Test
    public void missingValuesAreLeftOutOrZero() {
        KayentaRule remove = KayentaRule.defaults();
        KayentaRule replace = new KayentaRule(
                remove.direction(),
                false,
                false,
                true,
                false,
                3,
                remove.measure(),
                remove.limits(),
                remove.criticalLimits(),
                remove.statistics());
        double[] full = of(10.1, 20.2, 30.3, 40.4);
        double[] gaps = of(Double.NaN, 10.1, 20.2, 30.3, Double.NaN, 40.4);
        assertThat(new KayentaClassifier(remove).classify(gaps, full).reason()).contains("identical");
        assertThat(new KayentaClassifier(replace)
                        .classify(gaps, of(0, 10.1, 20.2, 30.3, 0, 40.4))
                        .reason())
                .contains("identical");
        double[] none = of(Double.NaN, Double.NaN, Double.NaN);
        assertThat(new KayentaClassifier(remove).classify(none, full).label()).isEqualTo(Classification.Label.NODATA);
    }
}
