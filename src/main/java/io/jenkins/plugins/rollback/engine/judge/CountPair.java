package io.jenkins.plugins.rollback.engine.judge;

/**
 * Events on both tracks during one look.
 *
 * @param look which look, in units of the interval; history lies before 0
 * @param canary events (for example errors) on the canary, at least 0
 * @param canaryOf out of how many (requests); for plain counts 1 on both tracks
 * @param baseline events on the baseline
 * @param baselineOf out of how many
 */
public record CountPair(long look, double canary, double canaryOf, double baseline, double baselineOf) {

    /** A pair can be judged when nothing is negative or no number and both tracks had traffic. */
    public boolean isUsable() {
        return canary >= 0
                && baseline >= 0
                && canaryOf > 0
                && baselineOf > 0
                && Double.isFinite(canary + baseline + canaryOf + baselineOf);
    }
}
