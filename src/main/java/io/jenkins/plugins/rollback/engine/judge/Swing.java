package io.jenkins.plugins.rollback.engine.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where one kind of {@link Bursts} may have swung the log ratio to, given all looks so far, for each ratio that is
 * reckoned with: where it is correlated, the forward algorithm of a hidden Markov chain. Not thread safe.
 */
final class Swing {

    /** Places less likely than this are left out when the swing moves on. */
    private static final double NOTHING = 1e-9;

    private final Bursts bursts;
    private final double[] logRatio;
    /** By ratio; {@code null} where looks are independent. */
    private final double[][] places;

    private final Map<Long, double[][]> transitions = new HashMap<>();
    private final double[] moved = new double[Bursts.PLACES];

    Swing(Bursts bursts, double[] logRatio) {
        this.bursts = bursts;
        this.logRatio = logRatio;
        places = bursts.correlation() > 0 ? new double[logRatio.length][] : null;
        for (int i = 0; places != null && i < places.length; i++) {
            places[i] = Bursts.STATIONARY.clone();
        }
    }

    /**
     * Takes a look.
     *
     * @param gap looks since the one before, 0 at the first
     * @param likelihood takes that of the look for each ratio, relative to {@link ShareLikelihood#peak}
     */
    void look(ShareLikelihood share, long gap, double[] likelihood) {
        if (bursts.size() == 0) {
            for (int i = 0; i < logRatio.length; i++) {
                likelihood[i] = Math.exp(share.logAt(logRatio[i]) - share.peak());
            }
            return;
        }
        double[][] transition =
                places == null || gap == 0 ? null : transitions.computeIfAbsent(gap, bursts::transition);
        for (int i = 0; i < logRatio.length; i++) {
            likelihood[i] = advance(share, i, transition);
        }
    }

    private double advance(ShareLikelihood share, int ratio, double[][] transition) {
        double[] at = places == null ? Bursts.STATIONARY : places[ratio];
        if (transition != null) {
            at = move(at, transition);
        }
        double sum = 0;
        double width = bursts.size() * Bursts.SPACING;
        double edge = logRatio[ratio] + bursts.size() * Bursts.place(0) - width / 2;
        double upToHere = share.sum(edge);
        for (int i = 0; i < Bursts.PLACES; i++) {
            edge += width;
            double upToNext = share.sum(edge);
            double here = at[i] * share.average(upToNext - upToHere, width);
            sum += here;
            if (places != null) {
                places[ratio][i] = here;
            }
            upToHere = upToNext;
        }
        for (int i = 0; places != null && i < Bursts.PLACES; i++) {
            places[ratio][i] /= sum;
        }
        return sum;
    }

    private double[] move(double[] at, double[][] transition) {
        Arrays.fill(moved, 0);
        for (int from = 0; from < at.length; from++) {
            double weight = at[from];
            if (weight > NOTHING) {
                double[] to = transition[from];
                for (int i = 0; i < to.length; i++) {
                    moved[i] += weight * to[i];
                }
            }
        }
        return moved;
    }
}
