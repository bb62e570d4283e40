package io.jenkins.plugins.rollback.engine.judge;

/**
 * The ratio of two rates as the signed root of its likelihood ratio, which is standard normal to a better approximation
 * than the estimate itself (Barndorff-Nielsen, "Inference on full or partial parameters based on the standardized signed log
 * likelihood ratio", Biometrika 1986). How bursty the series are was learned from history: kinds of bursts count with what
 * the history has made of them.
 */
final class LearnedRate implements Standardised {

    private final RateTest rates;
    private double[] known;
    private int knownAt = -1;

    /** @param rates a test that has learned from history; looks are added to it */
    LearnedRate(RateTest rates) {
        this.rates = rates;
    }

    @Override
    public int looks() {
        return rates.looks();
    }

    private double[] likelihood() {
        if (knownAt != rates.looks()) {
            known = rates.logLikelihood();
            knownAt = rates.looks();
        }
        return known;
    }

    @Override
    public double above(double logRatio) {
        double[] at = rates.ratios();
        double[] values = likelihood();
        int best = best(values);
        int i = 0;
        while (i < at.length - 2 && at[i + 1] <= logRatio) {
            i++;
        }
        double part = (logRatio - at[i]) / (at[i + 1] - at[i]);
        double here = values[i] + part * (values[i + 1] - values[i]);
        double root = Math.sqrt(Math.max(0, 2 * (peak(at, values, best) - here)));
        // the history tells the bursts' size only as well as a variance from so many values
        double z = Special.normalOfStudent(root, rates.learned() - 1.0);
        return logRatio <= top(at, values, best) ? z : -z;
    }

    @Override
    public double at(double z) {
        double[] at = rates.ratios();
        double[] values = likelihood();
        int best = best(values);
        double root = Special.studentOfNormal(z, rates.learned() - 1.0);
        double wanted = peak(at, values, best) - root * root / 2;
        int step = z > 0 ? -1 : 1;
        for (int i = best; i + step >= 0 && i + step < at.length; i += step) {
            if (values[i + step] <= wanted && values[i] > wanted) {
                return at[i] + (at[i + step] - at[i]) * (values[i] - wanted) / (values[i] - values[i + step]);
            }
        }
        return z > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** The largest likelihood, by a parabola through the best point and its neighbours. */
    private static double peak(double[] at, double[] values, int best) {
        if (best == 0 || best == values.length - 1) {
            return values[best];
        }
        double x = top(at, values, best);
        double x0 = at[best - 1];
        double x1 = at[best];
        double x2 = at[best + 1];
        return values[best - 1] * (x - x1) * (x - x2) / ((x0 - x1) * (x0 - x2))
                + values[best] * (x - x0) * (x - x2) / ((x1 - x0) * (x1 - x2))
                + values[best + 1] * (x - x0) * (x - x1) / ((x2 - x0) * (x2 - x1));
    }

    private static double top(double[] at, double[] values, int best) {
        if (best == 0 || best == values.length - 1) {
            return at[best];
        }
        double left = (values[best] - values[best - 1]) / (at[best] - at[best - 1]);
        double right = (values[best + 1] - values[best]) / (at[best + 1] - at[best]);
        double curve = left - right;
        return curve <= 0 ? at[best] : (at[best] + at[best - 1]) / 2 + left / curve * (at[best + 1] - at[best - 1]) / 2;
    }

    @Override
    public double estimate() {
        return rates.estimate();
    }
}
