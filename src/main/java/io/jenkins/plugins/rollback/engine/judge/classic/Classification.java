package io.jenkins.plugins.rollback.engine.judge.classic;

/**
 * What Kayenta's judge says of one metric.
 *
 * @param label where the canary stands against the baseline
 * @param critical whether this alone fails the canary
 * @param ratio mean of the canary by mean of the baseline, NaN when there is none
 * @param shift the interval of the shift, or {@code null} when no test was needed
 * @param reason a few words for a person
 */
public record Classification(Label label, boolean critical, double ratio, Shift shift, String reason) {

    /** Kayenta's words. */
    public enum Label {
        /** No difference that counts. */
        PASS,
        /** Higher than the baseline. */
        HIGH,
        /** Lower than the baseline. */
        LOW,
        /** Nothing to compare; left out of the score. */
        NODATA,
        /** Nothing to compare, and there should have been; counts like a difference. */
        NODATA_FAIL_METRIC
    }

    /**
     * A shift between canary and baseline, in the metric's unit.
     *
     * @param low lower end of its confidence interval
     * @param high upper end
     */
    public record Shift(double low, double high) {}

    static Classification pass(double ratio, Shift shift, String reason) {
        return new Classification(Label.PASS, false, ratio, shift, reason);
    }
}
