package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns pairs of values into logarithms of their ratio: ln(canary / baseline).
 *
 * <p>Where a series touches zero or goes below, logarithms do not exist; then asinh(x / 2u) stands in for ln(x / u),
 * which is the same for values far above u and runs through zero smoothly. The unit u is a tenth of the median size of
 * the first ten values that are not zero, so the result does not depend on the scale.
 */
final class LogRatios {

    private static final int FIRST = 10;

    private final double floor;
    private final double unit;

    /** @param all every pair that will be asked about, in order, history first */
    LogRatios(List<ValuePair> all, double floor) {
        this.floor = floor;
        boolean positive = all.stream().allMatch(pair -> lift(pair.canary()) > 0 && lift(pair.baseline()) > 0);
        unit = positive ? 0 : unit(all);
    }

    /** ln(canary / baseline), finite. */
    double of(ValuePair pair) {
        double canary = lift(pair.canary());
        double baseline = lift(pair.baseline());
        if (unit == 0) {
            return Math.log(canary) - Math.log(baseline);
        }
        return asinh(canary / (2 * unit)) - asinh(baseline / (2 * unit));
    }

    /** Values at or below the negligible level are all the same. */
    private double lift(double value) {
        return floor > 0 ? Math.max(value, floor) : value;
    }

    private double unit(List<ValuePair> all) {
        List<Double> sizes = new ArrayList<>();
        for (ValuePair pair : all) {
            for (double value : new double[] {pair.canary(), pair.baseline()}) {
                if (value != 0 && sizes.size() < FIRST) {
                    sizes.add(Math.abs(value));
                }
            }
        }
        sizes.sort(null);
        return sizes.isEmpty() ? 1 : 0.1 * sizes.get(sizes.size() / 2);
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        return Math.signum(x) * Math.log(size + Math.sqrt(size * size + 1));
    }

    /** Whether two instances give the same numbers. */
    boolean isSame(LogRatios other) {
        return other != null && unit == other.unit && floor == other.floor;
    }
}
