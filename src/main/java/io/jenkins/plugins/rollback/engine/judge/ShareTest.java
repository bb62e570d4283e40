package io.jenkins.plugins.rollback.engine.judge;

/**
 * Is the canary's own bad share below (or above) a level, whatever the baseline does? A mixture likelihood ratio for a
 * binomial share against the best explanation on the other side of the level (Robbins 1970; universal inference).
 */
final class ShareTest {

    private static final int POINTS = 24;

    private ShareTest() {}

    /** ln of the evidence that {@code bad} events out of {@code of} come from a share below {@code level}. */
    static double logEvidenceBelow(double bad, double of, double level) {
        double[] terms = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            terms[i] = logLikelihood(bad, of, level * Math.pow(0.75, i + 1));
        }
        return evidence(terms, bad, of, Math.max(level, bad / of));
    }

    /** ln of the evidence that {@code bad} events out of {@code of} come from a share above {@code level}. */
    static double logEvidenceAbove(double bad, double of, double level) {
        double[] terms = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            // odds, so that every point stays below 1
            double odds = level / (1 - level) * Math.pow(1.33, i + 1);
            terms[i] = logLikelihood(bad, of, odds / (1 + odds));
        }
        return evidence(terms, bad, of, Math.min(level, bad / of));
    }

    private static double evidence(double[] terms, double bad, double of, double best) {
        return Special.logSumExp(terms, POINTS) - Math.log(POINTS) - logLikelihood(bad, of, best);
    }

    private static double logLikelihood(double bad, double of, double share) {
        double rest = of - bad;
        return (bad == 0 ? 0 : bad * Math.log(share)) + (rest <= 0 ? 0 : rest * Math.log1p(-share));
    }
}
