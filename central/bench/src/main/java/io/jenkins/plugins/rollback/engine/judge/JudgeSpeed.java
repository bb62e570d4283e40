package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a look costs, with everything that a gate shows: evidence, interval, sentence. */
final class JudgeSpeed {

    private static final int METRICS = 20;
    private static final int ROUNDS = 12;

    private JudgeSpeed() {}

    /** Rows of the table: milliseconds of a look at 20 metrics, at looks 10 and 60. */
    static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (boolean counts : new boolean[] {false, true}) {
            for (int history : new int[] {0, 300}) {
                double[] early = new double[ROUNDS];
                double[] late = new double[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    double[] spent = gate(counts, history, round);
                    early[round] = mean(spent, 5, 15);
                    late[round] = mean(spent, 50, 60);
                }
                rows.add(String.format(
                        Locale.ROOT,
                        "| 20 %s, %s | %.2f ms | %.2f ms |",
                        counts ? "counts" : "gauges",
                        history == 0 ? "no history" : history + " points of history",
                        early[ROUNDS - 1],
                        late[ROUNDS - 1]));
            }
        }
        return rows;
    }

    /** Points a second when gates of 250 looks at one gauge are replayed, both tracks counted. */
    static double replayed() {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Metric metric = new Metric(rule(false, 250), new Series(round, noise(false)), 0);
            long start = System.nanoTime();
            for (int look = 1; look <= 250; look++) {
                metric.take(look);
                metric.judge();
            }
            best = Math.max(best, 500 / ((System.nanoTime() - start) / 1e9));
        }
        return best;
    }

    /** MiB that 1,000 gates hold, each with a ratio and a gauge, 300 points of history and 30 looks. */
    static double memory() {
        List<Metric> gates = new ArrayList<>();
        long before = used();
        for (int gate = 0; gate < 1000; gate++) {
            for (boolean counts : new boolean[] {false, true}) {
                Metric metric = new Metric(rule(counts, 30), new Series(gate, noise(counts)), 300);
                for (int look = 1; look <= 30; look++) {
                    metric.take(look);
                }
                metric.judge();
                gates.add(metric);
            }
        }
        double held = (used() - before) / 1048576.0;
        return gates.size() == 2000 ? held : Double.NaN;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static MetricRule rule(boolean counts, int looks) {
        return new MetricRule(
                "m", counts ? MetricKind.COUNT : MetricKind.GAUGE, Worse.INCREASE, 0.1, 0, 0.01 / METRICS, 0.05, looks);
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    /** Milliseconds of each of 60 looks. */
    private static double[] gate(boolean counts, int history, int seed) {
        MetricRule rule = rule(counts, 60);
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < METRICS; i++) {
            metrics.add(new Metric(rule, new Series(100L * seed + i, noise(counts)), history));
        }
        double[] spent = new double[60];
        for (int look = 1; look <= 60; look++) {
            for (Metric metric : metrics) {
                metric.take(look);
            }
            long start = System.nanoTime();
            metrics.forEach(Metric::judge);
            spent[look - 1] = (System.nanoTime() - start) / 1e6;
        }
        return spent;
    }

    private static Series.Noise noise(boolean counts) {
        return counts ? Series.Noise.POISSON : Series.Noise.AR_05;
    }

    private static final class Metric {
        private final boolean counts;
        private final MetricJudge judge;
        private final Series series;
        private final List<CountPair> pastCounts = new ArrayList<>();
        private final List<ValuePair> pastValues = new ArrayList<>();
        private final List<CountPair> seenCounts = new ArrayList<>();
        private final List<ValuePair> seenValues = new ArrayList<>();

        Metric(MetricRule rule, Series series, int history) {
            counts = rule.kind() == MetricKind.COUNT;
            judge = new MetricJudge(rule);
            this.series = series;
            for (int look = 1 - history; look <= 0; look++) {
                if (counts) {
                    pastCounts.add(series.counts(look, 1));
                } else {
                    pastValues.add(series.values(look, 1));
                }
            }
        }

        void take(int look) {
            if (counts) {
                seenCounts.add(series.counts(look, 1));
            } else {
                seenValues.add(series.values(look, 1));
            }
        }

        MetricVerdict judge() {
            return counts ? judge.judgeRates(pastCounts, seenCounts) : judge.judgeValues(pastValues, seenValues);
        }
    }
}
