package io.jenkins.plugins.rollback.engine.judge;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Locale;

/** Turns evidence into a verdict and one sentence that says why. */
public final class Sentences {

    private Sentences() {}

    static MetricVerdict noData(MetricRule rule) {
        return new MetricVerdict(
                rule.name(),
                Verdict.NO_DATA,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                1,
                "no look had data on both tracks");
    }

    /**
     * @param shown the plain numbers of both tracks
     * @param note further reason for a PASS, or empty
     */
    static MetricVerdict verdict(MetricRule rule, Bounds bounds, String shown, String note) {
        double effect = Math.exp(bounds.estimate()) - 1;
        double low = Math.max(-1, Math.expm1(bounds.low()));
        double high = Math.expm1(bounds.high());
        double evidence = Math.exp(Math.min(bounds.fail(), 690));
        Verdict verdict = bounds.fail() >= -Math.log(rule.alpha())
                ? Verdict.FAIL
                : bounds.pass() >= -Math.log(rule.beta()) ? Verdict.PASS : Verdict.INCONCLUSIVE;
        String interval = "between " + change(low) + " and " + change(high);
        String reason =
                switch (verdict) {
                    case FAIL -> shown + ": worse than the tolerated " + percent(rule.tolerance()) + " (" + interval
                            + ")";
                    case PASS -> shown + note
                            + (note.isEmpty() ? ": within the tolerated " + percent(rule.tolerance()) : "")
                            + " (" + interval + ")";
                    default -> shown + ": the change is " + interval + ", tolerated is " + percent(rule.tolerance());
                };
        return new MetricVerdict(rule.name(), verdict, effect, low, high, evidence, reason);
    }

    /** {@code +25 %}, {@code 14 times as much}, {@code unknown}. */
    public static String change(double relative) {
        if (Double.isNaN(relative)) {
            return "unknown";
        }
        if (relative == Double.POSITIVE_INFINITY) {
            return "any increase";
        }
        if (relative <= -1) {
            return "any decrease";
        }
        if (relative >= 2) {
            return number(relative + 1) + " times as much";
        }
        return (relative < 0 ? "-" : "+") + percent(Math.abs(relative));
    }

    /** {@code 12.5 %} of a share of 0.125. */
    public static String percent(double share) {
        return number(share * 100) + " %";
    }

    /** Three significant digits, plain. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return decimals > 0 ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
