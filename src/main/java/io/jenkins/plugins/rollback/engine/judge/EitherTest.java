package io.jenkins.plugins.rollback.engine.judge;

/**
 * Two tests of the same question that share its level: whichever is convinced at its share decides (Bonferroni), so the
 * chance of a wrong answer is that of the whole level at most.
 *
 * <p>One knows the noise from history and the number of looks: it has nearly the power that is possible, as long as the
 * plan holds. The other needs neither, and goes on when the gate is extended or the noise is not what it was.
 */
final class EitherTest implements TwoSampleTest {

    private final TwoSampleTest first;
    private final TwoSampleTest second;
    private final double logFirst;
    private final double logSecond;

    /** @param share of the level for the first test, between 0 and 1 */
    EitherTest(TwoSampleTest first, double share, TwoSampleTest second) {
        this.first = first;
        this.second = second;
        logFirst = Math.log(share);
        logSecond = Math.log1p(-share);
    }

    @Override
    public double logEvidenceAbove() {
        return Math.max(first.logEvidenceAbove() + logFirst, second.logEvidenceAbove() + logSecond);
    }

    @Override
    public double logEvidenceBelow() {
        return Math.max(first.logEvidenceBelow() + logFirst, second.logEvidenceBelow() + logSecond);
    }

    @Override
    public double low(double logLevel) {
        return Math.max(first.low(logLevel - logFirst), second.low(logLevel - logSecond));
    }

    @Override
    public double high(double logLevel) {
        return Math.min(first.high(logLevel - logFirst), second.high(logLevel - logSecond));
    }

    @Override
    public double estimate() {
        return first.estimate();
    }
}
