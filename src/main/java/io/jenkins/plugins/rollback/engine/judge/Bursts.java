package io.jenkins.plugins.rollback.engine.judge;

/**
 * How a track's event rate may swing by itself from look to look: a normally distributed swing of the log rate ratio,
 * with a size (standard deviation) and a correlation from one look to the next.
 *
 * @param size standard deviation of ln(canary rate / baseline rate) around its mean, 0 for pure Poisson noise
 * @param correlation between neighbouring looks, 0 <= correlation < 1
 * @param strays share of looks that say nothing about the ratio: a track that was silent for a while, a burst of retries.
 *     The canary's part of such a look's events may be anything, equally likely
 */
record Bursts(double size, double correlation, double strays) {

    /**
     * What is reckoned with. Independent swings may be as wild as storms; swings that persist over looks are limited to
     * 0.5 (factors of about 1.6 either way): a larger one that persists cannot be told from a bad release by anybody who
     * has seen only the looks.
     */
    static final Bursts[] KNOWN = {
        new Bursts(0, 0, 0),
        new Bursts(0.15, 0, 0),
        new Bursts(0.25, 0, 0),
        new Bursts(0.4, 0, 0),
        new Bursts(0.5, 0, 0),
        new Bursts(0.6, 0, 0),
        new Bursts(0.8, 0, 0),
        new Bursts(1.4, 0, 0),
        new Bursts(2.5, 0, 0),
        new Bursts(0.2, 0.5, 0),
        new Bursts(0.5, 0.5, 0),
        new Bursts(0.2, 0.8, 0),
        new Bursts(0.5, 0.8, 0),
        new Bursts(0.15, 0, 0.2),
        new Bursts(0.5, 0, 0.2),
        new Bursts(0.15, 0, 0.7),
        new Bursts(0.5, 0, 0.7),
    };

    /** For each of {@link #KNOWN} the one with the same swing and no strays. */
    static final int[] SWING = swings();

    private static int[] swings() {
        int[] swings = new int[KNOWN.length];
        for (int i = 0; i < KNOWN.length; i++) {
            while (!KNOWN[swings[i]].equals(new Bursts(KNOWN[i].size(), KNOWN[i].correlation(), 0))) {
                swings[i]++;
            }
        }
        return swings;
    }

    /** The swing is followed on this many places, half a standard deviation apart, from -3 to 3. */
    static final int PLACES = 13;

    static final double SPACING = 0.5;

    /** Probability of each place in the long run. */
    static final double[] STATIONARY = normal(0, 1);

    /** The place in standard deviations. */
    static double place(int index) {
        return (index - PLACES / 2) * SPACING;
    }

    /** Probabilities of going from each place to each, over so many looks. */
    double[][] transition(long looks) {
        double carry = Math.pow(correlation, looks);
        double[][] matrix = new double[PLACES][];
        for (int from = 0; from < PLACES; from++) {
            matrix[from] = normal(carry * place(from), Math.sqrt(1 - carry * carry));
        }
        return matrix;
    }

    private static double[] normal(double mean, double deviation) {
        double[] weights = new double[PLACES];
        double sum = 0;
        for (int i = 0; i < PLACES; i++) {
            double z = (place(i) - mean) / deviation;
            weights[i] = Math.exp(-z * z / 2);
            sum += weights[i];
        }
        for (int i = 0; i < PLACES; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
