package io.jenkins.plugins.rollback.engine.judge;

/**
 * Compares canary and baseline at one bound of their ratio. All logarithms are natural, all evidence is an e-value:
 * when the claim is false, it reaches {@code 1/p} at any look with probability at most {@code p}.
 */
interface TwoSampleTest {

    /** ln of the evidence that the ratio lies above the bound. */
    double logEvidenceAbove();

    /** ln of the evidence that the ratio lies below the bound. */
    double logEvidenceBelow();

    /** The largest ln ratio that the data refute with at least this ln evidence: "it is above"; or minus infinity. */
    double low(double logLevel);

    /** The smallest ln ratio with as much evidence for "it is below"; or plus infinity. */
    double high(double logLevel);

    /** The most plausible ln ratio, or NaN. */
    double estimate();
}
