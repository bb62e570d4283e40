package io.jenkins.plugins.rollback.engine.judge;

/**
 * The limit for any judge: a group-sequential test that knows what nobody knows (correlation, deviation, dispersion) and
 * spends alpha t^2 of its chance of a false alarm by the fraction t of its looks (Lan and DeMets, Biometrika 1983).
 */
final class Oracle {

    private final PlannedBoundary boundary;
    private final double level;
    private final boolean counts;
    private final Whitened whitened;
    private final double deviation;
    private final double dispersion;
    private double sum;
    private double variance;

    private Oracle(int looks, double alpha, boolean counts, double correlation, double deviation, double dispersion) {
        boundary = PlannedBoundary.of(looks);
        level = -Math.log(alpha);
        this.counts = counts;
        whitened = new Whitened(correlation);
        this.deviation = deviation;
        this.dispersion = dispersion;
    }

    /**
     * @param deviation of a look's innovation
     */
    static Oracle ofValues(int looks, double alpha, double correlation, double deviation) {
        return new Oracle(looks, alpha, false, correlation, deviation, 0);
    }

    /** @param dispersion variance of the log ratio beyond that of Poisson counts */
    static Oracle ofCounts(int looks, double alpha, double dispersion) {
        return new Oracle(looks, alpha, true, 0, 1, dispersion);
    }

    /** Takes a look at two values on equal exposure, or two counts; whether it ends the test. */
    boolean look(int look, double canary, double baseline) {
        double z;
        if (counts) {
            double both = canary + baseline;
            // the canary's part given both, weighted against its variance
            double weight = 1 / (1 + dispersion * both / 4);
            sum += weight * (canary - both / 2);
            variance += weight * both / 4;
            z = variance == 0 ? 0 : sum / Math.sqrt(variance);
        } else {
            whitened.add(look, Math.log(canary / baseline));
            z = whitened.cross(0) / Math.sqrt(whitened.information()) / deviation;
        }
        return boundary.logEvidence(look, z) >= level;
    }
}
