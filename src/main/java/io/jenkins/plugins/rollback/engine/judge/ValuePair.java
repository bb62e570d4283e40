package io.jenkins.plugins.rollback.engine.judge;

/**
 * A gauge's value (latency, CPU) on both tracks at one look.
 *
 * @param look which look, in units of the interval; history lies before 0
 */
public record ValuePair(long look, double canary, double baseline) {

    public boolean isUsable() {
        return Double.isFinite(canary) && Double.isFinite(baseline);
    }
}
