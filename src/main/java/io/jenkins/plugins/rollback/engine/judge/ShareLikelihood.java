package io.jenkins.plugins.rollback.engine.judge;

import java.util.Arrays;

/**
 * How likely it is that so many of a look's events fell on the canary, as a function of the log rate ratio; averaged
 * over intervals of it, so that a swing that is followed on a few places never falls between two of them.
 */
final class ShareLikelihood {

    private static final double REACH = 12;
    private static final double FINEST = 0.05;
    private static final double COARSEST = 0.2;
    private static final int MOST_POINTS = (int) Math.round(2 * REACH / FINEST) + 1;

    /** More events than this say no more about the ratio of a look than its swing allows; keeps the peak on the grid. */
    private static final double MOST = 1000;

    /** Likelihoods below this, relative to the peak, are none. */
    private static final double NOTHING = 1e-18;

    private final double[] density = new double[MOST_POINTS];
    private final double[] sumTo = new double[MOST_POINTS + 1];
    private double grid;
    private int half;
    private int points;
    private double canary;
    private double baseline;
    private double logExposure;
    private double peak;
    private double stray;

    /** Takes a look with at least one event. */
    void look(CountPair pair) {
        double scale = Math.min(1, MOST / (pair.canary() + pair.baseline()));
        canary = pair.canary() * scale;
        baseline = pair.baseline() * scale;
        logExposure = Math.log(pair.canaryOf() / pair.baselineOf());
        // the likelihood of n events is at least 2 / sqrt(n) wide
        grid = Math.min(COARSEST, Math.max(FINEST, 0.8 / Math.sqrt(canary + baseline)));
        // the same on both sides of 0, so that nothing changes when the tracks change places
        half = (int) Math.round(REACH / grid);
        points = 2 * half + 1;
        double top = canary == 0 ? -REACH : baseline == 0 ? REACH : Math.log(canary / baseline) - logExposure;
        peak = logAt(Math.max(-REACH, Math.min(REACH, top)));
        double any =
                Special.logGamma(canary + 1) + Special.logGamma(baseline + 1) - Special.logGamma(canary + baseline + 2);
        stray = (Math.exp(any - peak) + (canary == 0 || baseline == 0 ? Math.exp(-peak) : 0)) / 3;
        int best = Math.max(0, Math.min(points - 1, half + (int) Math.round(top / grid)));
        int from = best;
        int to = best;
        Arrays.fill(density, 0, points, 0);
        while (from >= 0 && (density[from] = Math.exp(logAt((from - half) * grid) - peak)) > NOTHING) {
            from--;
        }
        while (++to < points && (density[to] = Math.exp(logAt((to - half) * grid) - peak)) > NOTHING) {
            // goes on to the right
        }
        for (int i = 0; i < points; i++) {
            sumTo[i + 1] = sumTo[i] + density[i];
        }
    }

    /** ln of what {@link #sum} is relative to. */
    double peak() {
        return peak;
    }

    /** ln likelihood at exactly this log ratio. */
    double logAt(double logRatio) {
        double odds = logRatio + logExposure;
        // ln of the share e^o / (1 + e^o) and of the rest 1 / (1 + e^o)
        double logRest = odds > 0 ? -odds - Math.log1p(Math.exp(-odds)) : -Math.log1p(Math.exp(odds));
        return canary * (odds + logRest) + baseline * logRest;
    }

    /**
     * Likelihood, relative to the peak, of a look that has nothing to do with the ratio: one of the tracks was silent, or
     * any share is equally likely, each in one of three cases.
     */
    double stray() {
        return stray;
    }

    /** Likelihood, relative to the peak, averaged over an interval: from the difference of {@link #sum} at its ends. */
    double average(double sum, double width) {
        return Math.max(sum * grid / width, 1e-300);
    }

    /** Likelihood, relative to the peak, summed from far below up to this log ratio. */
    double sum(double logRatio) {
        double x = logRatio / grid + half + 0.5;
        if (x <= 0) {
            return x * (sumTo[1] - sumTo[0]);
        }
        if (x >= points) {
            return sumTo[points] + (x - points) * (sumTo[points] - sumTo[points - 1]);
        }
        int i = (int) x;
        return sumTo[i] + (x - i) * (sumTo[i + 1] - sumTo[i]);
    }
}
