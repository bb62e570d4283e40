package io.jenkins.plugins.rollback.engine.judge;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Two alike tracks of a metric as production makes them, by seed; {@code factor} makes the canary worse. */
final class Series {

    /** How a track behaves. */
    enum Noise {
        IID("independent, CV 0.2", false),
        AR_05("AR(1) 0.5, CV 0.2", false),
        AR_08("AR(1) 0.8, CV 0.2", false),
        TREND("common diurnal trend, 5-fold", false),
        PARETO("Pareto tails, index 1.5", false),
        ZEROS("zero half of the time, else log-normal", false),
        POISSON("Poisson counts, 50 a look", true),
        RARE("Poisson counts, 5 a look", true),
        COUNT_TREND("Poisson counts, 10-90 in a diurnal trend", true),
        BURSTS("overdispersed counts: 50 a look, gamma bursts of shape 8", true),
        COUNT_ZEROS("zero-inflated counts: none half of the time, else 50", true),
        TENTH("Poisson counts of 1 %, a tenth of 5,000 requests on the canary", true);

        final String words;
        final boolean counts;

        Noise(String words, boolean counts) {
            this.words = words;
            this.counts = counts;
        }
    }

    private static final double CV = 0.2;
    /** Looks of a made-up day: several are seen in a gate, so that a trend that is not common to both would show. */
    private static final double DAY = 40;

    private final RandomGenerator random;
    private final Noise noise;
    private final double carry;
    private double canaryState;
    private double baselineState;

    Series(long seed, Noise noise) {
        random = new SplittableRandom(mixed(seed * 31 + noise.ordinal()));
        this.noise = noise;
        carry = noise == Noise.AR_05 ? 0.5 : noise == Noise.AR_08 ? 0.8 : 0;
        canaryState = random.nextGaussian();
        baselineState = random.nextGaussian();
    }

    /** Neighbouring seeds must not lead to the same stream, shifted: the finalizer of MurmurHash3. */
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    /** The correlation from look to look that it has. */
    double correlation() {
        return carry;
    }

    private double trend(long look) {
        return 1 + 2 / 3.0 * Math.sin(2 * Math.PI * look / DAY);
    }

    ValuePair values(long look, double factor) {
        double fresh = Math.sqrt(1 - carry * carry);
        canaryState = carry * canaryState + fresh * random.nextGaussian();
        baselineState = carry * baselineState + fresh * random.nextGaussian();
        switch (noise) {
            case PARETO:
                return new ValuePair(look, factor * pareto(), pareto());
            case ZEROS:
                return new ValuePair(look, factor * zeroOr(canaryState), zeroOr(baselineState));
            default:
                double common = noise == Noise.TREND ? trend(look) : 1;
                return new ValuePair(
                        look,
                        factor * common * Math.max(0.01, 1 + CV * canaryState),
                        common * Math.max(0.01, 1 + CV * baselineState));
        }
    }

    private double pareto() {
        return Math.pow(1 - random.nextDouble(), -1 / 1.5);
    }

    private double zeroOr(double state) {
        return random.nextBoolean() ? 0 : Math.exp(0.5 * state);
    }

    CountPair counts(long look, double factor) {
        switch (noise) {
            case RARE:
                return new CountPair(look, poisson(5 * factor), 1, poisson(5), 1);
            case COUNT_TREND:
                double mean = 50 + 40 * Math.sin(2 * Math.PI * look / DAY);
                return new CountPair(look, poisson(mean * factor), 1, poisson(mean), 1);
            case BURSTS:
                return new CountPair(look, poisson(50 * factor * gamma(8)), 1, poisson(50 * gamma(8)), 1);
            case COUNT_ZEROS:
                double canary = random.nextBoolean() ? 0 : 50 * factor;
                double baseline = random.nextBoolean() ? 0 : 50;
                return new CountPair(look, poisson(canary), 1, poisson(baseline), 1);
            case TENTH:
                return new CountPair(look, poisson(5 * factor), 500, poisson(45), 4500);
            default:
                return new CountPair(look, poisson(50 * factor), 1, poisson(50), 1);
        }
    }

    /** Marsaglia and Tsang (2000); mean 1. */
    private double gamma(double shape) {
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v / shape;
            }
        }
    }

    /** Knuth's method, in pieces that do not underflow. */
    private double poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        double limit = Math.exp(-mean);
        double product = 1;
        int n = -1;
        do {
            product *= random.nextDouble();
            n++;
        } while (product > limit);
        return n;
    }
}
