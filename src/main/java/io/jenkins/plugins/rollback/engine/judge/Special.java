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
            return Normal.tail(-normalOfStudent(t, degrees));
        }
        double x = degrees / (degrees + t * t);
        double tail = 0.5 * incompleteBeta(degrees / 2, 0.5, x);
        return t > 0 ? 1 - tail : tail;
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
