package io.jenkins.plugins.rollback.engine.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Is the canary's event rate more than a given multiple of the baseline's? An anytime-valid test for ratios and counts.
 *
 * <p>Given how many events a look had on both tracks together, how many of them fell on the canary does not depend on
 * the common rate: traffic and error level may vary as they like. If the rate ratio is r, each event falls on the canary
 * with probability r n_c / (r n_c + n_b). {@link Bursts} of one track make ln r swing around its mean from look to look,
 * symmetrically, because both tracks are alike in that; the swing is integrated out (a hidden Markov chain where it is
 * correlated).
 *
 * <p>Evidence is a mixture likelihood ratio in the manner of universal inference (Wasserman, Ramdas, Balakrishnan, PNAS
 * 2020): the likelihood averaged over ratios beyond the bound and over kinds of bursts, divided by the <em>largest</em>
 * likelihood of any ratio within the bound and any bursts. The denominator is at least the likelihood of the truth, so
 * the quotient is at most a non-negative martingale with mean 1 and exceeds 1/alpha at any look with probability at most
 * alpha (Ville). The conditional likelihood is that of Lindon and Malek, "Anytime-valid inference for multinomial count
 * data" (arXiv 2011.03567), with bursts added.
 */
final class RateTest implements TwoSampleTest {

    /** Ratios on either side of the bound: dense near it, at the far end 50 times away. */
    private static final int SIDE = 24;

    private static final int RATIOS = 2 * SIDE + 1;
    private static final int KINDS = Bursts.KNOWN.length;
    private static final double SCALE = 0.1;
    private static final double STEP = 0.182;

    private final double[] logRatio = new double[RATIOS];
    private final double[][] likelihood = new double[RATIOS][KINDS];
    /** Where the swing may be, given all looks: by kind of bursts (where correlated), ratio and place. */
    private final double[][][] swing = new double[KINDS][][];

    private final Map<Long, double[][]>[] transitions = transitions();
    private final ShareLikelihood share = new ShareLikelihood();
    private long lastLook;
    private boolean begun;
    private double canary;
    private double canaryOf;
    private double baseline;
    private double baselineOf;

    /** @param bound natural logarithm of the rate ratio that is asked about */
    RateTest(double bound) {
        for (int i = 0; i < RATIOS; i++) {
            logRatio[i] = bound + SCALE * Math.sinh((i - SIDE) * STEP);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if (Bursts.KNOWN[kind].correlation() > 0) {
                swing[kind] = new double[RATIOS][];
                for (int i = 0; i < RATIOS; i++) {
                    swing[kind][i] = Bursts.STATIONARY.clone();
                }
            }
        }
    }

    /**
     * Learns how bursty the series are from looks before the deployment; their own ratio is averaged over and forgotten.
     */
    void learn(List<CountPair> history) {
        RateTest past = new RateTest(0);
        history.forEach(past::add);
        double[] column = new double[RATIOS];
        for (int kind = 0; kind < KINDS; kind++) {
            for (int i = 0; i < RATIOS; i++) {
                column[i] = past.likelihood[i][kind];
            }
            double evidence = Special.logSumExp(column, RATIOS);
            for (double[] row : likelihood) {
                row[kind] += evidence;
            }
        }
    }

    /** Takes a usable look; looks come in order. */
    void add(CountPair pair) {
        canary += pair.canary();
        canaryOf += pair.canaryOf();
        baseline += pair.baseline();
        baselineOf += pair.baselineOf();
        if (pair.canary() + pair.baseline() == 0) {
            return; // no event, nothing to share out: says nothing about the ratio
        }
        share.look(pair);
        long gap = begun ? Math.max(1, pair.look() - lastLook) : 0;
        for (int kind = 0; kind < KINDS; kind++) {
            Bursts bursts = Bursts.KNOWN[kind];
            double[][] transition = swing[kind] == null || gap == 0 ? null : transition(kind, gap);
            for (int i = 0; i < RATIOS; i++) {
                likelihood[i][kind] += bursts.size() == 0
                        ? share.logAt(logRatio[i])
                        : share.peak() + Math.log(advance(kind, i, transition, bursts.size()));
            }
        }
        lastLook = pair.look();
        begun = true;
    }

    /** Likelihood of the look over all places of the swing; moves the swing on where it is correlated. */
    private double advance(int kind, int ratio, double[][] transition, double size) {
        double[] places = swing[kind] == null ? Bursts.STATIONARY : swing[kind][ratio];
        if (transition != null) {
            double[] moved = new double[Bursts.PLACES];
            for (int from = 0; from < Bursts.PLACES; from++) {
                double weight = places[from];
                double[] to = transition[from];
                for (int i = 0; i < Bursts.PLACES; i++) {
                    moved[i] += weight * to[i];
                }
            }
            places = moved;
        }
        double sum = 0;
        double[] posterior = new double[Bursts.PLACES];
        double width = size * Bursts.SPACING;
        double edge = logRatio[ratio] + size * Bursts.place(0) - width / 2;
        double upToHere = share.sum(edge);
        for (int i = 0; i < Bursts.PLACES; i++) {
            edge += width;
            double upToNext = share.sum(edge);
            posterior[i] = places[i] * ShareLikelihood.average(upToNext - upToHere, width);
            sum += posterior[i];
            upToHere = upToNext;
        }
        if (swing[kind] != null) {
            for (int i = 0; i < Bursts.PLACES; i++) {
                posterior[i] /= sum;
            }
            swing[kind][ratio] = posterior;
        }
        return sum;
    }

    private double[][] transition(int kind, long gap) {
        return transitions[kind].computeIfAbsent(gap, Bursts.KNOWN[kind]::transition);
    }

    @SuppressWarnings("unchecked")
    private static Map<Long, double[][]>[] transitions() {
        Map<Long, double[][]>[] maps = new Map[KINDS];
        for (int kind = 0; kind < KINDS; kind++) {
            maps[kind] = new HashMap<>();
        }
        return maps;
    }

    @Override
    public double logEvidenceAbove() {
        return logEvidence(SIDE, 1);
    }

    @Override
    public double logEvidenceBelow() {
        return logEvidence(SIDE, -1);
    }

    /** Evidence that the ratio lies beyond grid point {@code bound}, upwards or downwards. */
    private double logEvidence(int bound, int direction) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = bound; i >= 0 && i < RATIOS; i -= direction) {
            for (double one : likelihood[i]) {
                best = Math.max(best, one);
            }
        }
        double[] beyond = new double[RATIOS * KINDS];
        int count = 0;
        for (int i = bound + direction; i >= 0 && i < RATIOS; i += direction) {
            for (double one : likelihood[i]) {
                beyond[count++] = one;
            }
        }
        return count == 0 ? Double.NEGATIVE_INFINITY : Special.logSumExp(beyond, count) - Math.log(count) - best;
    }

    @Override
    public double low(double logLevel) {
        for (int i = RATIOS - 2; i >= 0; i--) {
            if (logEvidence(i, 1) >= logLevel) {
                return logRatio[i];
            }
        }
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double high(double logLevel) {
        for (int i = 1; i < RATIOS; i++) {
            if (logEvidence(i, -1) >= logLevel) {
                return logRatio[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The ratio of the rates over all looks; half an event is assumed on a track that had none. */
    @Override
    public double estimate() {
        if (canary == 0 && baseline == 0) {
            return Double.NaN;
        }
        boolean none = canary == 0 || baseline == 0;
        double up = (none ? canary + 0.5 : canary) / canaryOf;
        double down = (none ? baseline + 0.5 : baseline) / baselineOf;
        return Math.log(up / down);
    }

    double canary() {
        return canary;
    }

    double canaryOf() {
        return canaryOf;
    }

    double baseline() {
        return baseline;
    }

    double baselineOf() {
        return baselineOf;
    }
}
