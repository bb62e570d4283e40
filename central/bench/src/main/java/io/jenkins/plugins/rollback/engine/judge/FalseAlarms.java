package io.jenkins.plugins.rollback.engine.judge;

import java.util.stream.IntStream;

/** How often a gate fails a canary that is exactly as good as its baseline (tolerance 0). */
final class FalseAlarms {

    static final int[] LOOKS = {1, 6, 30, 60};
    static final int[] METRICS = {1, 5, 20};

    private static final int LAST = 60;
    private static final int MOST_METRICS = 20;

    /** Counts take ten times as long as gauges: only one gate in four of theirs has all of the metrics. */
    private static final int FEWER = 4;

    private FalseAlarms() {}

    /** Gates that failed, of so many runs, by number of looks and number of metrics. */
    static int[][] of(Series.Noise noise, int history, int runs, double alpha) {
        boolean[][][] alarms = new boolean[runs][][];
        IntStream.range(0, runs).parallel().forEach(run -> alarms[run] = run(noise, history, run, alpha));
        int[][] sums = new int[LOOKS.length][METRICS.length];
        for (boolean[][] one : alarms) {
            for (int l = 0; l < LOOKS.length; l++) {
                for (int m = 0; m < METRICS.length; m++) {
                    sums[l][m] += one[l][m] ? 1 : 0;
                }
            }
        }
        return sums;
    }

    /** Runs of a cell, by what is measured and metrics. */
    static int runs(Series.Noise noise, int metrics, int runs) {
        return noise.counts && metrics == MOST_METRICS ? runs / FEWER : runs;
    }

    /** One run: twenty metrics, of which the gates with fewer see the first ones. */
    private static boolean[][] run(Series.Noise noise, int history, int run, double alpha) {
        boolean[][] alarm = new boolean[LOOKS.length][METRICS.length];
        int metrics = noise.counts && run % FEWER != 0 ? MOST_METRICS / FEWER : MOST_METRICS;
        for (int metric = 0; metric < metrics; metric++) {
            Watched watched = new Watched(new Series(run * 100L + metric, noise), noise, history, 0);
            double[] highest = new double[LOOKS.length];
            for (int look = 1; look <= LAST; look++) {
                watched.look(look, 1);
                double anytime = watched.anytime();
                double standardised = watched.standardised();
                for (int l = 0; l < LOOKS.length; l++) {
                    if (look <= LOOKS[l]) {
                        highest[l] = Math.max(
                                highest[l], Watched.together(anytime, standardised, watched.usable(), LOOKS[l]));
                    }
                }
            }
            for (int l = 0; l < LOOKS.length; l++) {
                for (int m = 0; m < METRICS.length; m++) {
                    // alpha is shared among the metrics
                    alarm[l][m] |=
                            METRICS[m] <= metrics && metric < METRICS[m] && highest[l] >= Math.log(METRICS[m] / alpha);
                }
            }
        }
        return alarm;
    }
}
