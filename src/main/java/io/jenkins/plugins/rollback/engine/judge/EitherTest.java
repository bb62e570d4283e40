package io.jenkins.plugins.rollback.engine.judge;

/**
 * Two tests of the same question that share its level: whichever is convinced at its share decides (Bonferroni), so the
 * chance of a wrong answer is that of the whole level at most.
 *
 * <p>One knows the noise from history and the number of looks: it has nearly the power that is possible, as long as the
 * plan holds. The other needs neither, and goes on when the gate is extended or the noise is not what it was.
 */
final class EitherTest implements TwoSampleTest {

    /** Looks of history from which the noise is known well enough to plan with it. */
    static final int ENOUGH = 60;

    /** Share of the level for the test that plans; the rest is for the one that goes on when plans fail. */
    private static final double SHARE = 0.9;

    private static final double LOG_PLANNED = Math.log(SHARE);
    private static final double LOG_ANYTIME = Math.log1p(-SHARE);

    private final TwoSampleTest planned;
    private final TwoSampleTest anytime;

    /** @param planned has the larger share */
    EitherTest(TwoSampleTest planned, TwoSampleTest anytime) {
        this.planned = planned;
        this.anytime = anytime;
    }

    /** Evidence of both together, as its natural logarithm. */
    static double logEvidence(double planned, double anytime) {
        return Math.max(planned + LOG_PLANNED, anytime + LOG_ANYTIME);
    }

    @Override
    public double logEvidenceAbove() {
        return logEvidence(planned.logEvidenceAbove(), anytime.logEvidenceAbove());
    }

    @Override
    public double logEvidenceBelow() {
        return logEvidence(planned.logEvidenceBelow(), anytime.logEvidenceBelow());
    }

    @Override
    public double low(double logLevel) {
        return Math.max(planned.low(logLevel - LOG_PLANNED), anytime.low(logLevel - LOG_ANYTIME));
    }

    @Override
    public double high(double logLevel) {
        return Math.min(planned.high(logLevel - LOG_PLANNED), anytime.high(logLevel - LOG_ANYTIME));
    }

    @Override
    public double estimate() {
        return planned.estimate();
    }
}
