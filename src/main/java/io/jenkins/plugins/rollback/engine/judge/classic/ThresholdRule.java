package io.jenkins.plugins.rollback.engine.judge.classic;

/**
 * Fixed thresholds for one metric, and how many bad measurements are borne. After the {@code Metric} of Argo Rollouts'
 * AnalysisTemplate, whose defaults these limits have; Flagger's {@code thresholdRange} is a success range alone.
 *
 * @param success what is a success, or {@code null}: then everything that is no failure
 * @param failure what is a failure, or {@code null}: then everything that is no success
 * @param failureLimit so many failures are borne, one more fails the metric; negative for any number
 * @param inconclusiveLimit so many inconclusive measurements are borne
 * @param consecutiveErrorLimit so many errors in a row are borne
 * @param count so many measurements count, later ones do not; 0 for all
 */
public record ThresholdRule(
        Range success, Range failure, int failureLimit, int inconclusiveLimit, int consecutiveErrorLimit, int count) {

    /** What a measurement is; a failure outranks a success. */
    public Measured measure(double value) {
        if (Double.isNaN(value)) {
            return Measured.ERROR;
        }
        if (failure != null && failure.holds(value)) {
            return Measured.FAILURE;
        }
        if (success == null || success.holds(value)) {
            return Measured.SUCCESS;
        }
        return failure == null ? Measured.FAILURE : Measured.INCONCLUSIVE;
    }
}
