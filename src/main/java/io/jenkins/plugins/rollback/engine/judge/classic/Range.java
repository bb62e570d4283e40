package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.Sentences;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that a condition is true of: a typed stand-in for {@code result >= 0.95 && result < 1}, so that no
 * expression has to be evaluated. All limits that are given must hold.
 *
 * @param min at least this, NaN for no such limit
 * @param max at most this, NaN for none
 * @param above more than this, NaN for none
 * @param below less than this, NaN for none
 */
public record Range(double min, double max, double above, double below) {

    /** Whether a number is within all limits; NaN is within none. */
    public boolean holds(double value) {
        return !Double.isNaN(value) && !(value < min) && !(value > max) && !(value <= above) && !(value >= below);
    }

    /** Whether no number at all can be within them. */
    public boolean isImpossible() {
        double low = greater(min, above);
        double high = -greater(-max, -below);
        return low > high || low == high && (low == above || high == below);
    }

    private static double greater(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    /** {@code at least 0.95 and below 1}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "at least ", min);
        add(parts, "at most ", max);
        add(parts, "above ", above);
        add(parts, "below ", below);
        return String.join(" and ", parts);
    }

    private static void add(List<String> parts, String words, double limit) {
        if (!Double.isNaN(limit)) {
            parts.add(words + Sentences.number(limit));
        }
    }
}
