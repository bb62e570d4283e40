package io.jenkins.plugins.rollback.engine.judge.classic;

/** Quantiles of the standard normal distribution, to about 1e-12. */
final class NormalQuantile {

    /** Beyond 8 deviations lies less than 1e-15. */
    private static final double FARTHEST = 8;

    private NormalQuantile() {}

    /** The z below which a standard normal value lies with probability p, 0 < p < 1. */
    static double of(double p) {
        double low = -FARTHEST;
        double high = FARTHEST;
        while (high - low > 1e-13) {
            double middle = (low + high) / 2;
            if (below(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The distribution function by the series of Marsaglia, Journal of Statistical Software 11(4), 2004. */
    static double below(double z) {
        double sum = z;
        double term = z;
        for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && i < 1000; i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    }
}
