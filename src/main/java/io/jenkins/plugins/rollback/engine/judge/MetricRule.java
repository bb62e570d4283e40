package io.jenkins.plugins.rollback.engine.judge;

/**
 * What the judge must know of a metric.
 *
 * @param name for messages
 * @param kind sort of numbers
 * @param worse direction that is bad
 * @param tolerance relative change that is not worth a rollback: 0.10 lets the canary's value be 1.10 times the
 *     baseline's, or (where less is worse) the baseline's 1.10 times the canary's; at least 0
 * @param negligible level below which nothing matters: a bad share of a ratio, a value of a gauge; 0 for none
 * @param alpha chance that this metric ever fails for a canary within the tolerance
 * @param beta chance that it ever passes for a canary beyond the tolerance
 * @param looks how many looks are planned, at least 1; with history that is worth power
 */
public record MetricRule(
        String name,
        MetricKind kind,
        Worse worse,
        double tolerance,
        double negligible,
        double alpha,
        double beta,
        int looks) {

    public MetricRule {
        if (!(tolerance >= 0)
                || !(negligible >= 0)
                || !(alpha > 0 && alpha < 1)
                || !(beta > 0 && beta < 1)
                || looks < 1) {
            throw new IllegalArgumentException("tolerance, negligible, alpha, beta or looks out of range: " + name);
        }
    }
}
