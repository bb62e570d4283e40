package io.jenkins.plugins.rollback.engine.judge;

/** The standard normal distribution, to about 1e-12. */
public final class Normal {

    private Normal() {}

    /**
     * P(Z > z) of a standard normal variable: Hart's algorithm 5666 as given by West, "Better approximations to
     * cumulative normal functions" (Wilmott 2005).
     */
    public static double tail(double z) {
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

    /**
     * The z that is exceeded with this probability: Newton's method on the logarithm.
     *
     * @param p above 0, 0.5 at the most; below 1e-300 it is taken for that
     */
    public static double above(double p) {
        if (p <= 1e-300) {
            return 37;
        }
        // Abramowitz and Stegun 26.2.23, 4.5e-4 at the most; two or three steps are enough from there
        double t = Math.sqrt(-2 * Math.log(p));
        double z =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 4; i++) {
            double tail = tail(z);
            double step = Math.log(tail / p) * tail / (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
            z += step;
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return z;
    }
}
