package io.jenkins.plugins.rollback.engine.judge;

/**
 * A difference in units of its own uncertainty: standard normal, from look to look like a random walk's mean, where the
 * ln ratio is the one that is asked about.
 */
interface Standardised {

    /** Looks that it rests on. */
    int looks();

    /** How far the data lie above a ln ratio. */
    double above(double logRatio);

    /** The ln ratio that the data lie this far above (or below, when negative); may be infinite. */
    double at(double z);

    /** The most plausible ln ratio, or NaN. */
    double estimate();
}
