package io.jenkins.plugins.rollback.engine.gate.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts numbers on a stretch of a picture.
 *
 * @param low number at {@code from}
 * @param high number at {@code to}, above {@code low}
 * @param from coordinate
 * @param to coordinate; below {@code from} where up is up
 */
record Scale(double low, double high, double from, double to) {

    /** One that shows all numbers, with some air; a span of nothing becomes one around the number. */
    static Scale around(double low, double high, double from, double to) {
        double air = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.1, 1e-9);
        return new Scale(low == 0 ? 0 : low - air, high + air, from, to);
    }

    /** Where a number is; what does not fit stays at the edge. */
    double at(double value) {
        double bounded = Math.min(high, Math.max(low, value));
        return from + (bounded - low) / (high - low) * (to - from);
    }

    /** Three to six round numbers within it. */
    List<Double> ticks() {
        double step = Math.pow(10, Math.floor(Math.log10((high - low) / 3)));
        for (double factor : new double[] {5, 2}) {
            if ((high - low) / (step * factor) >= 3) {
                step *= factor;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
