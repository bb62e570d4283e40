package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One metric of a gate as it stands on a build. An ordinary class: builds cannot store records. */
@ExportedBean
public final class GateMetric {

    private final String name;
    private final String verdict;
    private final double effect;
    private final double low;
    private final double high;
    private final double evidence;
    private final String reason;

    GateMetric(MetricVerdict metric) {
        name = metric.name();
        verdict = metric.verdict().name();
        effect = metric.effect();
        low = metric.low();
        high = metric.high();
        evidence = metric.evidence();
        reason = metric.reason();
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getVerdict() {
        return verdict;
    }

    @Exported
    public String getReason() {
        return reason;
    }

    /** Relative change of the canary for people: {@code +25 %}, or a dash. */
    @Exported
    public String getEffect() {
        return change(effect);
    }

    /** {@code -3 % … +40 %}, or a dash where the judge knows none. */
    @Exported
    public String getInterval() {
        return interval(low, high);
    }

    static String interval(double low, double high) {
        boolean known = low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY; // not so with NaN
        return known ? change(low) + " … " + change(high) : change(Double.NaN);
    }

    /** Evidence for "worse than tolerated": 1 is none, a dash where the judge knows no evidence. */
    @Exported
    public String getEvidence() {
        if (Double.isNaN(evidence)) {
            return "–";
        }
        return evidence >= 1e6
                ? String.format(Locale.ROOT, "%.0e", evidence)
                : String.format(Locale.ROOT, evidence < 10 ? "%.2f" : "%.0f", evidence);
    }

    /** For the badge. */
    public String getTone() {
        return GateAction.tone(verdict);
    }

    static String change(double relative) {
        if (Double.isNaN(relative)) {
            return "–";
        }
        if (Double.isInfinite(relative)) {
            return relative > 0 ? "∞" : "−∞";
        }
        return String.format(Locale.ROOT, Math.abs(relative) < 0.1 ? "%+.1f %%" : "%+.0f %%", relative * 100);
    }
}
