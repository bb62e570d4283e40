package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.function.DoubleUnaryOperator;

/**
 * Where a function changes its sign: Brent's method (Algorithms for Minimization without Derivatives, 1973, chapter 4),
 * stopping at an <em>absolute</em> width of 1e-4.
 *
 * <p>The width matters here. R's {@code wilcox.test} asks its {@code uniroot} for 1e-4, Kayenta does the same, and the
 * functions searched are stairs: where many values are equal, which side of the step the search ends on, and so a
 * classification, depends on it. A finer search would be a different judge.
 */
final class RootSearch {

    private static final double WIDTH = 1e-4;
    private static final int MOST_STEPS = 1000;

    private final DoubleUnaryOperator function;

    /** The best place so far with its value, the one before it, and the one on the other side of the root. */
    private double best;

    private double fBest;
    private double previous;
    private double fPrevious;
    private double opposite;
    private double fOpposite;

    private RootSearch(DoubleUnaryOperator function, double low, double high) {
        this.function = function;
        previous = low;
        fPrevious = function.applyAsDouble(low);
        best = high;
        fBest = function.applyAsDouble(high);
        opposite = previous;
        fOpposite = fPrevious;
    }

    /** @param low and {@code high}: where the function has opposite signs */
    static double between(double low, double high, DoubleUnaryOperator function) {
        return new RootSearch(function, low, high).search();
    }

    private double search() {
        if (fPrevious == 0) {
            return previous;
        }
        for (int i = 0; i < MOST_STEPS && fBest != 0; i++) {
            double lastStep = best - previous;
            if (Math.abs(fOpposite) < Math.abs(fBest)) {
                swap();
            }
            double tolerance = 2 * Math.ulp(1.0) * Math.abs(best) + WIDTH / 2;
            double half = (opposite - best) / 2;
            if (Math.abs(half) <= tolerance || fBest == 0) {
                return best;
            }
            double step = step(half, lastStep, tolerance);
            previous = best;
            fPrevious = fBest;
            best += Math.abs(step) < tolerance ? Math.copySign(tolerance, step) : step;
            fBest = function.applyAsDouble(best);
            if (fBest > 0 && fOpposite > 0 || fBest < 0 && fOpposite < 0) {
                opposite = previous;
                fOpposite = fPrevious;
            }
        }
        return best;
    }

    private void swap() {
        previous = best;
        best = opposite;
        opposite = previous;
        fPrevious = fBest;
        fBest = fOpposite;
        fOpposite = fPrevious;
    }

    /** By interpolation where that promises to be quicker than halving, else half the way. */
    private double step(double half, double lastStep, double tolerance) {
        if (Math.abs(lastStep) < tolerance || Math.abs(fPrevious) <= Math.abs(fBest)) {
            return half;
        }
        double width = opposite - best;
        double p;
        double q;
        if (previous == opposite) {
            // only two places are known: the secant
            double ratio = fBest / fPrevious;
            p = width * ratio;
            q = 1 - ratio;
        } else {
            double byOpposite = fPrevious / fOpposite;
            double bestByOpposite = fBest / fOpposite;
            double bestByPrevious = fBest / fPrevious;
            p = bestByPrevious
                    * (width * byOpposite * (byOpposite - bestByOpposite) - (best - previous) * (bestByOpposite - 1));
            q = (byOpposite - 1) * (bestByOpposite - 1) * (bestByPrevious - 1);
        }
        if (p > 0) {
            q = -q;
        } else {
            p = -p;
        }
        boolean near = p < 0.75 * width * q - Math.abs(tolerance * q) / 2 && p < Math.abs(lastStep * q / 2);
        return near ? p / q : half;
    }
}
