package io.jenkins.plugins.rollback.engine.judge;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How often and how soon a canary that is worse is failed, beside the {@link Oracle} on the very same numbers. */
final class Catches {

    private static final int NEVER = Integer.MAX_VALUE;

    /**
     * A bad canary.
     *
     * @param looks of the gate
     * @param metrics of the gate, which share alpha
     * @param worse how many of them are worse
     */
    record Case(Series.Noise noise, double factor, int looks, double tolerance, int metrics, int worse, double alpha) {

        /** The first look at which any of the worse metrics fails; the others would not change that. */
        private Result result(int runs, IntUnaryOperator failsAt) {
            return Result.of(IntStream.range(0, runs)
                    .parallel()
                    .map(run -> IntStream.range(0, worse)
                            .map(metric -> failsAt.applyAsInt(worse * run + metric))
                            .min()
                            .orElse(NEVER))
                    .toArray());
        }
    }

    /**
     * What came of a case.
     *
     * @param caught runs that failed
     * @param median look of the failures, or 0 when fewer than half failed
     */
    record Result(int runs, int caught, int median) {

        double power() {
            return (double) caught / runs;
        }

        static Result of(int[] at) {
            int[] sorted = at.clone();
            Arrays.sort(sorted);
            int caught = (int) Arrays.stream(at).filter(look -> look < NEVER).count();
            int middle = sorted[sorted.length / 2];
            return new Result(at.length, caught, middle == NEVER ? 0 : middle);
        }
    }

    private Catches() {}

    static Result ours(Case one, int history, int runs) {
        double level = Math.log(one.metrics / one.alpha);
        return one.result(runs, seed -> {
            Watched watched = new Watched(new Series(seed, one.noise), one.noise, history, one.tolerance);
            for (int look = 1; look <= one.looks; look++) {
                watched.look(look, one.factor);
                double evidence =
                        Watched.together(watched.anytime(), watched.standardised(), watched.usable(), one.looks);
                if (evidence >= level) {
                    return look;
                }
            }
            return NEVER;
        });
    }

    static Result oracle(Case one, int runs) {
        double noise = noise(one.noise);
        return one.result(runs, seed -> {
            Series series = new Series(seed, one.noise);
            Oracle oracle =
                    one.noise.counts ? Oracle.ofCounts(one, noise) : Oracle.ofValues(one, series.correlation(), noise);
            for (int look = 1; look <= one.looks; look++) {
                boolean ends = one.noise.counts
                        ? oracle.look(series.counts(look, one.factor))
                        : oracle.look(series.values(look, one.factor));
                if (ends) {
                    return look;
                }
            }
            return NEVER;
        });
    }

    /** What the oracle knows: the innovations' deviation of a gauge's log ratio, a count's variance beyond Poisson's. */
    private static double noise(Series.Noise noise) {
        if (noise.counts) {
            // the variance of ln of a gamma variable of shape 8, on both tracks
            return noise == Series.Noise.BURSTS ? 2 * 0.13313701469403142 : 0;
        }
        Series series = new Series(-1, noise);
        Whitened much = new Whitened(series.correlation());
        int length = 400_000;
        for (int look = 1; look <= length; look++) {
            ValuePair pair = series.values(look, 1);
            much.add(look, Math.log(pair.canary() / pair.baseline()));
        }
        return Math.sqrt(much.residual() / length);
    }
}
