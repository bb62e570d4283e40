package io.jenkins.plugins.rollback.engine.judge;

/**
 * The limit for any judge: a group-sequential test that knows what nobody knows (correlation, deviation, dispersion) and
 * spends alpha t^2 of its chance of a false alarm by the fraction t of its looks (Lan and DeMets, Biometrika 1983).
 */
final class Oracle {

    private final PlannedBoundary boundary;
    private final double level;
    private final double bound;
    private final Whitened whitened;
    private final double deviation;
    private final double dispersion;
    private double sum;
    private double variance;

    private Oracle(Catches.Case one, double correlation, double deviation, double dispersion) {
        boundary = PlannedBoundary.of(one.looks());
        level = Math.log(one.metrics() / one.alpha());
        bound = Math.log1p(one.tolerance());
        whitened = new Whitened(correlation);
        this.deviation = deviation;
        this.dispersion = dispersion;
    }

    /** @param deviation of a look's innovation */
    static Oracle ofValues(Catches.Case one, double correlation, double deviation) {
        return new Oracle(one, correlation, deviation, 0);
    }

    /** @param dispersion variance of the log ratio beyond that of Poisson counts; the tolerance must be 0 */
    static Oracle ofCounts(Catches.Case one, double dispersion) {
        return new Oracle(one, 0, 1, dispersion);
    }

    /** Takes a look at two counts; whether it ends the test. */
    boolean look(CountPair pair) {
        double both = pair.canary() + pair.baseline();
        double part = pair.canaryOf() / (pair.canaryOf() + pair.baselineOf());
        double binomial = both * part * (1 - part);
        // the canary's part given both, weighted against its variance
        double weight = 1 / (1 + dispersion * binomial);
        sum += weight * (pair.canary() - both * part);
        variance += weight * binomial;
        return ends(pair.look(), variance == 0 ? 0 : sum / Math.sqrt(variance));
    }

    /** Takes a look at two values; whether it ends the test. */
    boolean look(ValuePair pair) {
        whitened.add(pair.look(), Math.log(pair.canary() / pair.baseline()));
        return ends(pair.look(), whitened.cross(bound) / Math.sqrt(whitened.information()) / deviation);
    }

    private boolean ends(long look, double z) {
        return boundary.logEvidence((int) look, z) >= level;
    }
}
