package io.jenkins.plugins.rollback.engine.judge;

import java.util.Random;

/** Series as production makes them, by seed. */
final class Simulated {

    /** How the noise of a track behaves. */
    enum Noise {
        IID,
        /** Correlation 0.5 from look to look. */
        AR_05,
        /** Correlation 0.8. */
        AR_08,
        /** Gamma bursts of shape 8, independent on each track. */
        BURSTS
    }

    private final Random random;
    private final Noise noise;
    private double canaryState;
    private double baselineState;

    Simulated(long seed, Noise noise) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + noise.ordinal());
        this.noise = noise;
        canaryState = random.nextGaussian();
        baselineState = random.nextGaussian();
    }

    private void step() {
        double c = noise == Noise.AR_05 ? 0.5 : noise == Noise.AR_08 ? 0.8 : 0;
        canaryState = c * canaryState + Math.sqrt(1 - c * c) * random.nextGaussian();
        baselineState = c * baselineState + Math.sqrt(1 - c * c) * random.nextGaussian();
    }

    /** Counts on both tracks; {@code factor} times the rate on the canary. */
    CountPair counts(long look, double canaryOf, double baselineOf, double share, double factor) {
        double canary = 1;
        double baseline = 1;
        step();
        if (noise == Noise.BURSTS) {
            canary = gamma(8);
            baseline = gamma(8);
        } else if (noise != Noise.IID) {
            // log-normal swings of 35 % that stay for a while
            canary = Math.exp(0.35 * canaryState - 0.35 * 0.35 / 2);
            baseline = Math.exp(0.35 * baselineState - 0.35 * 0.35 / 2);
        }
        return new CountPair(
                look,
                poisson(canaryOf * share * factor * canary),
                canaryOf,
                poisson(baselineOf * share * baseline),
                baselineOf);
    }

    /** A gauge with a coefficient of variation of 0.2 on each track; multiplicative bursts where asked for. */
    ValuePair values(long look, double factor) {
        step();
        double canary = noise == Noise.BURSTS ? gamma(8) : Math.max(0.01, 1 + 0.2 * canaryState);
        double baseline = noise == Noise.BURSTS ? gamma(8) : Math.max(0.01, 1 + 0.2 * baselineState);
        return new ValuePair(look, factor * canary, baseline);
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

    private double poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = 1;
        int n = 0;
        while ((product *= random.nextDouble()) > limit) {
            n++;
        }
        return n;
    }
}
