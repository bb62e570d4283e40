package io.jenkins.plugins.rollback.engine.judge;

/** Puts a {@link Standardised} difference to the line of a gate whose number of looks is planned. */
final class PlannedTest implements TwoSampleTest {

    private final Standardised difference;
    private final PlannedBoundary boundary;
    private final double bound;

    /** @param bound ln of the ratio that is asked about */
    PlannedTest(Standardised difference, int looks, double bound) {
        this.difference = difference;
        this.bound = bound;
        boundary = PlannedBoundary.of(looks);
    }

    /**
     * The same question put to both.
     *
     * @param difference null when there is not enough history to plan with
     * @param anytime null when the rule does not ask
     */
    static TwoSampleTest beside(TwoSampleTest anytime, Standardised difference, int looks, double bound) {
        return anytime == null || difference == null
                ? anytime
                : new EitherTest(new PlannedTest(difference, looks, bound), anytime);
    }

    @Override
    public double logEvidenceAbove() {
        return boundary.logEvidence(difference.looks(), difference.above(bound));
    }

    @Override
    public double logEvidenceBelow() {
        return boundary.logEvidence(difference.looks(), -difference.above(bound));
    }

    @Override
    public double low(double logLevel) {
        double z = boundary.needed(difference.looks(), logLevel);
        return Double.isInfinite(z) ? Double.NEGATIVE_INFINITY : difference.at(z);
    }

    @Override
    public double high(double logLevel) {
        double z = boundary.needed(difference.looks(), logLevel);
        return Double.isInfinite(z) ? Double.POSITIVE_INFINITY : difference.at(-z);
    }

    @Override
    public double estimate() {
        return difference.estimate();
    }
}
