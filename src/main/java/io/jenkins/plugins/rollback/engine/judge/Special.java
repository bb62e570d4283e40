package io.jenkins.plugins.rollback.engine.judge;

/** The few special functions that the tests need. Accurate to 1e-10 and better, relative, where nothing else is said. */
final class Special {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** From so many degrees of freedom on Wallace's approximation is right to a thousandth and ten times as fast. */
    private static final double ENOUGH = 10;

    private Special() {}

    /** ln Gamma(x) for x > 0: Stirling's series (DLMF 5.11.1), after moving x above 8 by Gamma(x+1) = x Gamma(x). */
    static double logGamma(double x) {
        double product = 1;
        double z = x;
        while (z < 8) {
            product *= z;
            z++;
        }
        double inverse = 1 / z;
        double square = inverse * inverse;
        double series = inverse
                * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))));
        return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series - Math.log(product);
    }

    /** Student's t distribution function with any positive degrees of freedom (DLMF 8.17, by the incomplete beta). */
    static double studentCdf(double t, double degrees) {
        if (Double.isNaN(t)) {
            return 0.5;
        }
        if (degrees >= ENOUGH) {
            return normalTail(-normalOfStudent(t, degrees));
        }
        double x = degrees / (degrees + t * t);
        double tail = 0.5 * incompleteBeta(degrees / 2, 0.5, x);
        return t > 0 ? 1 - tail : tail;
    }

    /**
     * P(Z > z) of a standard normal variable: Hart's algorithm 5666 as given by West, "Better approximations to
     * cumulative normal functions" (Wilmott 2005).
     */
    static double normalTail(double z) {
        double size = Math.abs(z);
        double tail;
        if (size > 37) {
            tail = 0;
        } else if (size < 7.07106781186547) {
            double up = ((((((0.0352624965998911 * size + 0.700383064443688) * size + 6.37396220353165) * size
                                                                    + 33.912866078383)
                                                            * size
                                                    + 112.079291497871)
                                            * size
                                    + 221.213596169931)
                            * size
                    + 220.206867912376);
            double down = (((((((0.0883883476483184 * size + 1.75566716318264) * size + 16.064177579207) * size
                                                                                    + 86.7807322029461)
                                                                            * size
                                                                    + 296.564248779674)
                                                            * size
                                                    + 637.333633378831)
                                            * size
                                    + 793.826512519948)
                            * size
                    + 440.413735824752);
            tail = Math.exp(-0.5 * size * size) * up / down;
        } else {
            double fraction = size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))));
            tail = Math.exp(-0.5 * size * size) / fraction / 2.506628274631;
        }
        return z < 0 ? 1 - tail : tail;
    }

    /** The z that is exceeded with this probability, 0 < p <= 0.5: Newton's method on the logarithm. */
    static double normalAbove(double p) {
        if (p <= 1e-300) {
            return 37;
        }
        // Abramowitz and Stegun 26.2.23, 4.5e-4 at the most; two or three steps are enough from there
        double t = Math.sqrt(-2 * Math.log(p));
        double z =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 4; i++) {
            double tail = normalTail(z);
            double step = Math.log(tail / p) * tail / (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
            z += step;
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return z;
    }

    /** The standard normal value with (nearly) the same tail as Student's t: Wallace, Ann. Math. Stat. 30 (1959). */
    static double normalOfStudent(double t, double degrees) {
        double z = (8 * degrees + 1) / (8 * degrees + 3) * Math.sqrt(degrees * Math.log1p(t * t / degrees));
        return Math.copySign(z, t);
    }

    /** The reverse of {@link #normalOfStudent}. */
    static double studentOfNormal(double z, double degrees) {
        double scaled = z * (8 * degrees + 3) / (8 * degrees + 1);
        return Math.copySign(Math.sqrt(degrees * Math.expm1(scaled * scaled / degrees)), z);
    }

    /** The regularised incomplete beta function I_x(a, b), by the continued fraction DLMF 8.17.22 (Lentz's method). */
    static double incompleteBeta(double a, double b, double x) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - incompleteBeta(b, a, 1 - x); // DLMF 8.17.4; there the fraction converges fast
        }
        double front = Math.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a));
        double tiny = 1e-300;
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1), tiny);
        double fraction = d;
        for (int m = 1; m < 500; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d, tiny);
            c = nonZero(1 + even / c, tiny);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d, tiny);
            c = nonZero(1 + odd / c, tiny);
            double step = d * c;
            fraction *= step;
            if (Math.abs(step - 1) < 1e-14) {
                break;
            }
        }
        return front * fraction;
    }

    private static double nonZero(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    /** ln of the sum of e to the power of each value, without overflow. */
    static double logSumExp(double[] values, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, values[i]);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(values[i] - max);
        }
        return max + Math.log(sum);
    }
}
