package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * The shift of a gauge's log ratios, in units of a noise that was learned from history: deviation, correlation from look
 * to look (averaged over what the history leaves possible) and weight of the tails. History has a mean of its own.
 *
 * <p>For each correlation the shift is the generalised least squares estimate, Student's t with the history's degrees of
 * freedom. Tails heavier than normal weigh most at the first looks: the sum of n values with excess kurtosis k is taken
 * for Student's t with 4 + 6n/k degrees, which has the same fourth moment. Not thread safe.
 */
final class LearnedShift implements Standardised {

    private static final double STEP = 0.05;
    private static final int CORRELATIONS = 20;

    /** Correlations less plausible than this beside the best are left out. */
    private static final double FORGOTTEN = 1e-5;

    /** Noise now that is larger than the history's beyond this chance: the history is not believed. */
    private static final double CHANGED = 1e-4;

    /** Fewer looks say nothing about their noise. */
    private static final int SOME = 5;

    private static final double RESOLUTION = 1e-6;

    /** What one correlation makes of the series. */
    private record Kind(Whitened looks, double weight, double variance) {}

    private final List<Kind> kinds = new ArrayList<>();
    private final double degrees;
    private final double kurtosis;
    private int count;
    private int changedAt;
    private boolean changed;

    /**
     * @param slots looks of the history, ascending
     * @param past their log ratios; at least 10
     */
    LearnedShift(long[] slots, double[] past) {
        degrees = past.length - 1.0;
        kurtosis = kurtosis(past);
        Whitened[] all = new Whitened[CORRELATIONS];
        double[] plausible = new double[CORRELATIONS];
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CORRELATIONS; i++) {
            all[i] = new Whitened(i * STEP);
            for (int k = 0; k < past.length; k++) {
                all[i].add(slots[k], past[k]);
            }
            // mean and deviation integrated out; the prior takes back the bias (1 + 3c)/n of the likelihood's c
            // downwards
            // (Marriott and Pope, Biometrika 1954), which would make noise that stays look smaller than it is
            double c = i * STEP;
            plausible[i] = -2 * Math.log1p(-c)
                    - Math.log1p(c)
                    + all[i].logDeterminant()
                    - 0.5 * Math.log(all[i].information())
                    - degrees / 2 * Math.log(left(all[i]));
            best = Math.max(best, plausible[i]);
        }
        double sum = 0;
        for (int i = 0; i < CORRELATIONS; i++) {
            plausible[i] = Math.exp(plausible[i] - best);
            sum += plausible[i] > FORGOTTEN ? plausible[i] : 0;
        }
        for (int i = 0; i < CORRELATIONS; i++) {
            if (plausible[i] > FORGOTTEN) {
                kinds.add(new Kind(new Whitened(i * STEP), plausible[i] / sum, left(all[i]) / degrees));
            }
        }
    }

    private double left(Whitened past) {
        return past.residual() + RESOLUTION * RESOLUTION * degrees;
    }

    /** Excess kurtosis, one standard error above what the values show, at least 0. */
    private static double kurtosis(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double second = 0;
        double fourth = 0;
        for (double value : values) {
            double square = (value - mean) * (value - mean);
            second += square / values.length;
            fourth += square * square / values.length;
        }
        return second == 0 ? 0 : Math.max(0, fourth / (second * second) - 3 + Math.sqrt(24.0 / values.length));
    }

    void add(long look, double logRatio) {
        count++;
        kinds.forEach(kind -> kind.looks().add(look, logRatio));
    }

    @Override
    public int looks() {
        return count;
    }

    @Override
    public double above(double logRatio) {
        if (count == 0 || hasChanged()) {
            return 0;
        }
        double heavy = kurtosis == 0 ? Double.POSITIVE_INFINITY : 4 + 6 * count / kurtosis;
        double df = 1 / (1 / degrees + 1 / heavy);
        // as large as a normal difference's, where the heavy tails have the same variance
        double stretch = Double.isInfinite(heavy) ? 1 : Math.sqrt(heavy / (heavy - 2));
        double up = 0;
        double down = 0;
        for (Kind kind : kinds) {
            double t = kind.looks().cross(logRatio) / Math.sqrt(kind.looks().information() * kind.variance()) * stretch;
            double z = Special.normalOfStudent(t, df);
            up += kind.weight() * Normal.tail(z);
            down += kind.weight() * Normal.tail(-z);
        }
        return up < down ? Normal.above(up) : -Normal.above(down);
    }

    /** Whether the noise of the looks is larger than that of the history; worked out once a look. */
    private boolean hasChanged() {
        if (changedAt != count) {
            changedAt = count;
            changed = count >= SOME && isLarger();
        }
        return changed;
    }

    /** The F test under the likeliest correlation. */
    private boolean isLarger() {
        Kind likeliest = kinds.get(0);
        for (Kind kind : kinds) {
            likeliest = kind.weight() > likeliest.weight() ? kind : likeliest;
        }
        double mine = count - 1.0;
        double f = likeliest.looks().residual() / mine / likeliest.variance();
        return Special.incompleteBeta(degrees / 2, mine / 2, degrees / (degrees + mine * f)) < CHANGED;
    }

    @Override
    public double at(double z) {
        int direction = z > 0 ? -1 : 1;
        return count == 0 || hasChanged()
                ? direction * Double.POSITIVE_INFINITY
                : Edge.from(estimate(), direction, place -> Math.signum(z) * (above(place) - z));
    }

    @Override
    public double estimate() {
        if (count == 0) {
            return Double.NaN;
        }
        double mean = 0;
        for (Kind kind : kinds) {
            mean += kind.weight() * kind.looks().mean();
        }
        return mean;
    }
}
