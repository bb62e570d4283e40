package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.Arrays;

/** How large a difference is, beside how certain. Kayenta's two measures. */
public enum EffectSize {
    /** Mean of the canary by mean of the baseline: 1 is no difference. NaN where either mean is zero. */
    MEAN_RATIO("meanRatio", 1) {
        @Override
        double of(double[] canary, double[] baseline) {
            double above = Statistics.mean(canary);
            double below = Statistics.mean(baseline);
            return above == 0 || below == 0 ? Double.NaN : above / below;
        }
    },
    /**
     * Share of pairs in which the canary's value is the higher one, ties by half: 0.5 is no difference (Vargha and
     * Delaney, Journal of Educational and Behavioral Statistics 25, 2000).
     */
    CLES("cles", 0.5) {
        @Override
        double of(double[] canary, double[] baseline) {
            double n = canary.length;
            double[] all = Arrays.copyOf(canary, canary.length + baseline.length);
            System.arraycopy(baseline, 0, all, canary.length, baseline.length);
            double rankSum =
                    Arrays.stream(Statistics.ranks(all), 0, canary.length).sum();
            return (2 * rankSum - n * (n + 1)) / (2 * n * baseline.length);
        }
    };

    private final String word;
    private final double none;

    EffectSize(String word, double none) {
        this.word = word;
        this.none = none;
    }

    /** As it is written in analysis files and in Kayenta's configuration. */
    public String word() {
        return word;
    }

    /** The value that means no difference, which is the default of every limit. */
    public double none() {
        return none;
    }

    /** The effect size, or NaN when there is none. */
    abstract double of(double[] canary, double[] baseline);
}
