package io.jenkins.plugins.rollback.engine.judge;

/**
 * Puts the question of a {@link MetricRule} to a two-sample test at the upper bound, the lower bound or both, and reads
 * evidence and interval from them. All values are natural logarithms.
 *
 * @param fail evidence that the canary is beyond the tolerance on the bad side
 * @param pass evidence that it is within
 * @param low lower end of the ratio's interval
 * @param high upper end
 * @param estimate most plausible ratio, or NaN
 */
record Bounds(double fail, double pass, double low, double high, double estimate) {

    /** ln of the ratio up to which nothing is worth a rollback. */
    static double tolerated(MetricRule rule) {
        return Math.log1p(rule.tolerance());
    }

    /**
     * @param upper the test at {@code +tolerated}, or {@code null} where more is not worse
     * @param lower the test at {@code -tolerated}, or {@code null} where less is not worse
     */
    static Bounds of(MetricRule rule, TwoSampleTest upper, TwoSampleTest lower) {
        double alpha = -Math.log(rule.alpha());
        double beta = -Math.log(rule.beta());
        switch (rule.worse()) {
            case INCREASE:
                return new Bounds(
                        upper.logEvidenceAbove(),
                        upper.logEvidenceBelow(),
                        upper.low(alpha),
                        upper.high(beta),
                        upper.estimate());
            case DECREASE:
                return new Bounds(
                        lower.logEvidenceBelow(),
                        lower.logEvidenceAbove(),
                        lower.low(beta),
                        lower.high(alpha),
                        lower.estimate());
            default:
                // two chances to fail share alpha; both sides must be excluded to pass, each at beta
                double half = alpha + Math.log(2);
                return new Bounds(
                        Math.max(upper.logEvidenceAbove(), lower.logEvidenceBelow()) - Math.log(2),
                        Math.min(upper.logEvidenceBelow(), lower.logEvidenceAbove()),
                        upper.low(half),
                        lower.high(half),
                        upper.estimate());
        }
    }
}
