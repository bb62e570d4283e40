package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Shift;
import java.util.Arrays;

/**
 * Kayenta's classification of one metric: data is made fit, compared by the Mann-Whitney test, and a difference counts
 * when it is certain, large against its own uncertainty, and of a size that matters.
 *
 * <p>After {@code NetflixACAJudge} and {@code MannWhitneyClassifier} of spinnaker/kayenta. One thing is different and
 * makes no difference: where each track is constant Kayenta adds random noise of a hundred thousandth to be able to run
 * its test; here the difference of the constants is taken as it is, so that a replay gives the same numbers.
 */
public final class KayentaClassifier {

    private final KayentaRule rule;

    public KayentaClassifier(KayentaRule rule) {
        this.rule = rule;
    }

    /**
     * Classifies a metric.
     *
     * @param canary its values, NaN where a look had none
     * @param baseline the same of the baseline; the numbers of values may differ
     */
    public Classification classify(double[] canary, double[] baseline) {
        return compare(fit(canary), fit(baseline));
    }

    private double[] fit(double[] values) {
        double[] numbers = rule.replaceNan()
                ? Arrays.stream(values)
                        .map(value -> Double.isNaN(value) ? 0 : value)
                        .toArray()
                : Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        return rule.removeOutliers() ? Outliers.removed(numbers, rule.outlierFactor(), true) : numbers;
    }

    private Classification compare(double[] canary, double[] baseline) {
        if (canary.length == 0 || baseline.length == 0) {
            return nothing(canary.length == 0 ? baseline.length == 0 ? "either track" : "the canary" : "the baseline");
        }
        if (sameValues(canary, baseline)) {
            return Classification.pass(1, null, "the tracks are identical");
        }
        if (Statistics.isConstant(canary) && Statistics.isConstant(baseline) && canary[0] == baseline[0]) {
            return Classification.pass(1, null, "every value is the same");
        }
        return judged(canary, baseline);
    }

    private Classification nothing(String where) {
        String reason = "no data on " + where;
        if (rule.replaceNan()) {
            return Classification.pass(1, null, reason);
        }
        if (rule.mustHaveData() && !rule.critical()) {
            return new Classification(Label.NODATA_FAIL_METRIC, false, 1, null, reason);
        }
        return new Classification(Label.NODATA, rule.critical(), 1, null, reason);
    }

    private static boolean sameValues(double[] one, double[] other) {
        double[] sorted = one.clone();
        double[] others = other.clone();
        Arrays.sort(sorted);
        Arrays.sort(others);
        return Arrays.equals(sorted, others);
    }

    private Classification judged(double[] canary, double[] baseline) {
        MannWhitney test = shift(canary, baseline);
        double size = rule.measure().of(canary, baseline);
        double ratio = EffectSize.MEAN_RATIO.of(canary, baseline);
        Shift shift = new Shift(test.low(), test.high());
        double bound = rule.statistics().tolerance() * Math.abs(test.estimate());
        // a size that cannot be computed (a mean of zero) never excuses a difference
        if (rule.direction() != Worse.DECREASE
                && test.low() > bound
                && !(size < rule.limits().increase())) {
            boolean critical = rule.critical() && !(size < rule.criticalLimits().increase());
            return new Classification(Label.HIGH, critical, ratio, shift, "higher than the baseline");
        }
        if (rule.direction() != Worse.INCREASE
                && test.high() < -bound
                && !(size > rule.limits().decrease())) {
            boolean critical = rule.critical() && !(size > rule.criticalLimits().decrease());
            return new Classification(Label.LOW, critical, ratio, shift, "lower than the baseline");
        }
        return Classification.pass(ratio, shift, "no difference that counts");
    }

    private MannWhitney shift(double[] canary, double[] baseline) {
        if (Statistics.isConstant(canary) && Statistics.isConstant(baseline)) {
            double difference = canary[0] - baseline[0];
            return new MannWhitney(difference, difference, difference);
        }
        return MannWhitney.test(canary, baseline, rule.statistics().confidence());
    }
}
