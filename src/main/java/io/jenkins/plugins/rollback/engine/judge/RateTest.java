package io.jenkins.plugins.rollback.engine.judge;

import java.util.Arrays;
import java.util.List;

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
    private static final int SIDE = 16;

    private static final int KINDS = Bursts.KNOWN.length;
    private static final double SCALE = 0.1;
    private static final double STEP = 0.273;

    /** The same for a history, around its own ratio. */
    private static final int AROUND = 4;

    /** ln of how much less plausible than the best a kind of bursts must be to be followed no further. */
    private static final double FORGOTTEN = 25;

    private final int middle;
    private final int ratios;
    private final double[] logRatio;
    private final double[][] likelihood;
    private final Swing[] swings = new Swing[KINDS];
    private final double[][] swung = new double[KINDS][];
    private final boolean[] dead = new boolean[KINDS];

    private final ShareLikelihood share = new ShareLikelihood();
    private long lastLook;
    private boolean begun;
    private int looks;
    private int learned;
    private double canary;
    private double canaryOf;
    private double baseline;
    private double baselineOf;

    /** @param bound natural logarithm of the rate ratio that is asked about */
    RateTest(double bound) {
        this(bound, SIDE, SCALE);
    }

    private RateTest(double centre, int side, double scale) {
        middle = side;
        ratios = 2 * side + 1;
        logRatio = new double[ratios];
        likelihood = new double[ratios][KINDS];
        for (int i = 0; i < ratios; i++) {
            logRatio[i] = centre + scale * Math.sinh((i - side) * STEP);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if (Bursts.KNOWN[kind].strays() == 0) {
                swings[kind] = new Swing(Bursts.KNOWN[kind], logRatio);
                swung[kind] = new double[ratios];
            }
        }
    }

    /**
     * Learns how bursty the series are from looks before the deployment; their own ratio is averaged over and forgotten.
     */
    void learn(List<CountPair> history) {
        learned = history.size();
        RateTest past = around(history);
        history.forEach(past::add);
        double[] column = new double[past.ratios];
        for (int kind = 0; kind < KINDS; kind++) {
            for (int i = 0; i < past.ratios; i++) {
                column[i] = past.likelihood[i][kind];
            }
            double evidence = Special.logSumExp(column, past.ratios);
            for (double[] row : likelihood) {
                row[kind] += evidence;
            }
        }
        bury();
    }

    /** For a history only the neighbourhood of its own ratio matters, and coarsely. */
    private static RateTest around(List<CountPair> history) {
        RateTest total = new RateTest(0, 0, 1);
        history.forEach(total::count);
        double ratio = total.estimate();
        double uncertainty = 1 / (total.canary + 1) + 1 / (total.baseline + 1) + 1.0 / history.size();
        return new RateTest(Double.isNaN(ratio) ? 0 : ratio, AROUND, 4 * Math.sqrt(uncertainty));
    }

    private void count(CountPair pair) {
        canary += pair.canary();
        canaryOf += pair.canaryOf();
        baseline += pair.baseline();
        baselineOf += pair.baselineOf();
        looks++;
    }

    /** Takes a usable look; looks come in order. */
    void add(CountPair pair) {
        if (pair.canary() + pair.baseline() == 0) {
            canaryOf += pair.canaryOf();
            baselineOf += pair.baselineOf();
            return; // no event, nothing to share out: says nothing about the ratio
        }
        count(pair);
        share.look(pair);
        long gap = begun ? Math.max(1, pair.look() - lastLook) : 0;
        for (int kind = 0; kind < KINDS; kind++) {
            if (swings[kind] != null && isWanted(kind)) {
                swings[kind].look(share, gap, swung[kind]);
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if (!dead[kind]) {
                take(Bursts.KNOWN[kind].strays(), swung[Bursts.SWING[kind]], kind);
            }
        }
        bury();
        lastLook = pair.look();
        begun = true;
    }

    private boolean isWanted(int swing) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (Bursts.SWING[kind] == swing && !dead[kind]) {
                return true;
            }
        }
        return false;
    }

    private void take(double strays, double[] here, int kind) {
        for (int i = 0; i < ratios; i++) {
            likelihood[i][kind] += share.peak() + Math.log((1 - strays) * here[i] + strays * share.stray());
        }
    }

    /** Kinds that no ratio makes plausible any more are followed no further. */
    private void bury() {
        double[] best = new double[KINDS];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : likelihood) {
            for (int kind = 0; kind < KINDS; kind++) {
                best[kind] = Math.max(best[kind], row[kind]);
                most = Math.max(most, row[kind]);
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if (!dead[kind] && best[kind] < most - FORGOTTEN) {
                dead[kind] = true;
                for (double[] row : likelihood) {
                    row[kind] = Double.NEGATIVE_INFINITY;
                }
            }
        }
    }

    @Override
    public double logEvidenceAbove() {
        return logEvidence(middle, 1);
    }

    @Override
    public double logEvidenceBelow() {
        return logEvidence(middle, -1);
    }

    /** Evidence that the ratio lies beyond grid point {@code bound}, upwards or downwards. */
    private double logEvidence(int bound, int direction) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = bound; i >= 0 && i < ratios; i -= direction) {
            for (double one : likelihood[i]) {
                best = Math.max(best, one);
            }
        }
        double[] beyond = new double[ratios * KINDS];
        int count = 0;
        for (int i = bound + direction; i >= 0 && i < ratios; i += direction) {
            for (double one : likelihood[i]) {
                beyond[count++] = one;
            }
        }
        return count == 0 ? Double.NEGATIVE_INFINITY : Special.logSumExp(beyond, count) - Math.log(count) - best;
    }

    @Override
    public double low(double logLevel) {
        for (int i = ratios - 2; i >= 0; i--) {
            if (logEvidence(i, 1) >= logLevel) {
                return logRatio[i];
            }
        }
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double high(double logLevel) {
        for (int i = 1; i < ratios; i++) {
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

    /** Looks of the history. */
    int learned() {
        return learned;
    }

    /** Looks with events. */
    int looks() {
        return looks;
    }

    /** The ln ratios that are reckoned with, ascending; the one that is asked about is in the middle. */
    double[] ratios() {
        return logRatio.clone();
    }

    /** ln likelihood of each of {@link #ratios}, over all kinds of bursts as the history has left them plausible. */
    double[] logLikelihood() {
        double[] all = new double[ratios];
        for (int i = 0; i < ratios; i++) {
            all[i] = Special.logSumExp(likelihood[i], KINDS);
        }
        return all;
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
