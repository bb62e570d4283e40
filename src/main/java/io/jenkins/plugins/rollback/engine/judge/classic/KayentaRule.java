package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.Worse;

/**
 * What Kayenta's judge must know of a metric; the names are those of its configuration.
 *
 * @param direction bad direction
 * @param critical whether it alone fails the canary
 * @param mustHaveData whether missing data counts as a failed metric instead of being left out of the score
 * @param replaceNan whether a look without a value counts as 0 instead of being left out
 * @param removeOutliers whether values outside Tukey's fences are left out
 * @param outlierFactor width of the fences in interquartile ranges, above 0; Kayenta's default is 3
 * @param measure how the size of a difference is measured
 * @param limits sizes up to which a difference does not count
 * @param criticalLimits sizes from which a critical metric fails the canary
 * @param statistics of the test
 */
public record KayentaRule(
        Worse direction,
        boolean critical,
        boolean mustHaveData,
        boolean replaceNan,
        boolean removeOutliers,
        double outlierFactor,
        EffectSize measure,
        Limits limits,
        Limits criticalLimits,
        Statistic statistics) {

    /**
     * Effect sizes at which a difference begins to count.
     *
     * @param decrease at or below it a decrease counts
     * @param increase at or above it an increase counts
     */
    public record Limits(double decrease, double increase) {

        /** Every difference counts. */
        public static Limits none(EffectSize measure) {
            return new Limits(measure.none(), measure.none());
        }
    }

    /**
     * How sure the test has to be.
     *
     * @param confidence of the shift's interval, between 0 and 1
     * @param tolerance the interval must lie beyond this fraction of the estimated shift
     */
    public record Statistic(double confidence, double tolerance) {

        /** Those that Kayenta's judge has built in. */
        public static final Statistic KAYENTA = new Statistic(0.98, 0.25);
    }

    /** What Kayenta assumes where nothing is said. */
    public static KayentaRule defaults() {
        EffectSize measure = EffectSize.MEAN_RATIO;
        return new KayentaRule(
                Worse.EITHER,
                false,
                false,
                false,
                false,
                3,
                measure,
                Limits.none(measure),
                Limits.none(measure),
                Statistic.KAYENTA);
    }
}
