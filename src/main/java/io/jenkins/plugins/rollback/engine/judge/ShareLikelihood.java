package io.jenkins.plugins.rollback.engine.judge;

/**
 * How likely it is that so many of a look's events fell on the canary, as a function of the log rate ratio; averaged
 * over intervals of it, so that a swing that is followed on a few places never falls between two of them.
 */
final class ShareLikelihood {

    private static final double REACH = 12;
    private static final double GRID = 0.05;
    private static final int POINTS = (int) (2 * REACH / GRID) + 1;

    /** More events than this say no more about the ratio of a look than its swing allows; keeps the peak on the grid. */
    private static final double MOST = 1000;

    private final double[] logAt = new double[POINTS];
    private final double[] sumTo = new double[POINTS + 1];
    private double peak;

    /** Takes a look with at least one event. */
    void look(CountPair pair) {
        double scale = Math.min(1, MOST / (pair.canary() + pair.baseline()));
        double canary = pair.canary() * scale;
        double baseline = pair.baseline() * scale;
        double logExposure = Math.log(pair.canaryOf() / pair.baselineOf());
        peak = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < POINTS; i++) {
            double odds = -REACH + i * GRID + logExposure;
            // ln of the share e^o / (1 + e^o) and of the rest 1 / (1 + e^o)
            double logRest = odds > 0 ? -odds - Math.log1p(Math.exp(-odds)) : -Math.log1p(Math.exp(odds));
            logAt[i] = canary * (odds + logRest) + baseline * logRest;
            peak = Math.max(peak, logAt[i]);
        }
        for (int i = 0; i < POINTS; i++) {
            sumTo[i + 1] = sumTo[i] + Math.exp(logAt[i] - peak);
        }
    }

    /** ln of what {@link #sum} is relative to. */
    double peak() {
        return peak;
    }

    /** ln likelihood at exactly this log ratio. */
    double logAt(double logRatio) {
        double x = Math.min(Math.max((logRatio + REACH) / GRID, 0), POINTS - 1.000001);
        int i = (int) x;
        return logAt[i] + (x - i) * (logAt[i + 1] - logAt[i]);
    }

    /** Likelihood, relative to the peak, averaged over an interval: from the difference of {@link #sum} at its ends. */
    static double average(double sum, double width) {
        return Math.max(sum * GRID / width, 1e-300);
    }

    /** Likelihood, relative to the peak, summed from far below up to this log ratio. */
    double sum(double logRatio) {
        double x = (logRatio + REACH) / GRID + 0.5;
        if (x <= 0) {
            return x * (sumTo[1] - sumTo[0]);
        }
        if (x >= POINTS) {
            return sumTo[POINTS] + (x - POINTS) * (sumTo[POINTS] - sumTo[POINTS - 1]);
        }
        int i = (int) x;
        return sumTo[i] + (x - i) * (sumTo[i + 1] - sumTo[i]);
    }
}
