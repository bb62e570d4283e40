package io.jenkins.plugins.rollback.engine.judge;

/**
 * Sums of a stationary AR(1) series that is whitened under one correlation from look to look, so that its mean is that of
 * an ordinary linear model with independent noise. Gaps are stepped over with the right variance. In units of the
 * innovations' deviation. Not thread safe.
 */
final class Whitened {

    private final double c;
    private long lastLook;
    private double last;
    private boolean begun;
    private double zz;
    private double zd;
    private double dd;
    private double logDeterminant;

    /** @param c correlation between neighbouring looks, 0 <= c < 1 */
    Whitened(double c) {
        this.c = c;
    }

    double correlation() {
        return c;
    }

    void add(long look, double x) {
        double carry = begun && c > 0 ? Math.pow(c, Math.max(1, look - lastLook)) : 0;
        // variance of the innovation is 1; of a stationary value 1 / (1 - c^2); after a gap in between
        double weight = (1 - c * c) / (1 - carry * carry);
        double root = Math.sqrt(weight);
        double z = (x - carry * last) * root;
        double d = (1 - carry) * root;
        zz += z * z;
        zd += z * d;
        dd += d * d;
        logDeterminant += 0.5 * Math.log(weight);
        last = x;
        lastLook = look;
        begun = true;
    }

    /** Squares that are left when the mean is this. */
    double squares(double mean) {
        return Math.max(0, zz - 2 * mean * zd + mean * mean * dd);
    }

    /** How far the series lies above a mean, weighted: {@link #information} times the distance. */
    double cross(double mean) {
        return zd - mean * dd;
    }

    /** 1 / variance of {@link #mean}. */
    double information() {
        return dd;
    }

    /** The mean that fits best. */
    double mean() {
        return zd / dd;
    }

    /** Squares that are left around {@link #mean}. */
    double residual() {
        return squares(mean());
    }

    /** ln of the Jacobian of whitening. */
    double logDeterminant() {
        return logDeterminant;
    }
}
