package io.jenkins.plugins.rollback.engine.judge;

import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaClassifier;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What people use today, on the very same numbers: how often it fails a canary, at one metric. */
enum Rivals {

    /** The classic judge of Spinnaker, once, at the end. */
    KAYENTA_ONCE("Kayenta's judge, once at the end") {
        @Override
        boolean fails(List<ValuePair> past, List<ValuePair> looks, int planned) {
            return looks.size() == planned && isHigh(looks);
        }
    },

    /** The same judged again every ten looks, as its intervals are used. */
    KAYENTA_EVERY_TEN("Kayenta's judge, every 10 looks") {
        @Override
        boolean fails(List<ValuePair> past, List<ValuePair> looks, int planned) {
            return (looks.size() == planned || looks.size() % 10 == 0) && isHigh(looks);
        }
    },

    /** One-sided at 1 % at every look, as if it were the only one. */
    Z_TEST("naive z-test at every look") {
        @Override
        boolean fails(List<ValuePair> past, List<ValuePair> looks, int planned) {
            int n = looks.size();
            double canary = looks.stream().mapToDouble(ValuePair::canary).sum() / n;
            double baseline = looks.stream().mapToDouble(ValuePair::baseline).sum() / n;
            double squares = 0;
            for (ValuePair look : looks) {
                squares += Math.pow(look.canary() - canary, 2) + Math.pow(look.baseline() - baseline, 2);
            }
            return n > 1 && squares > 0 && (canary - baseline) / Math.sqrt(squares / (n - 1) / n) > 2.326;
        }
    },

    /** A limit that the baseline has not passed once in its 300 looks of history. */
    THRESHOLD("a limit above all of the history") {
        @Override
        boolean fails(List<ValuePair> past, List<ValuePair> looks, int planned) {
            double limit = past.stream().mapToDouble(ValuePair::baseline).max().orElse(Double.POSITIVE_INFINITY);
            return looks.get(looks.size() - 1).canary() > limit;
        }
    };

    private static final int HISTORY = 300;

    final String words;

    Rivals(String words) {
        this.words = words;
    }

    /** Whether it fails the canary at the newest look. */
    abstract boolean fails(List<ValuePair> past, List<ValuePair> looks, int planned);

    private static boolean isHigh(List<ValuePair> looks) {
        return new KayentaClassifier(KayentaRule.defaults())
                        .classify(
                                looks.stream().mapToDouble(ValuePair::canary).toArray(),
                                looks.stream().mapToDouble(ValuePair::baseline).toArray())
                        .label()
                == Label.HIGH;
    }

    /** Runs that failed at any of the looks. */
    int failed(Series.Noise noise, double factor, int looks, int runs) {
        return (int) IntStream.range(0, runs)
                .parallel()
                .filter(run -> {
                    Series series = new Series(run, noise);
                    List<ValuePair> past = new ArrayList<>();
                    for (int look = 1 - HISTORY; look <= 0; look++) {
                        past.add(pair(series, noise, look, 1));
                    }
                    ValuePair[] seen = new ValuePair[looks];
                    for (int look = 1; look <= looks; look++) {
                        seen[look - 1] = pair(series, noise, look, factor);
                        if (fails(past, Arrays.asList(seen).subList(0, look), looks)) {
                            return true;
                        }
                    }
                    return false;
                })
                .count();
    }

    private static ValuePair pair(Series series, Series.Noise noise, int look, double factor) {
        if (!noise.counts) {
            return series.values(look, factor);
        }
        CountPair pair = series.counts(look, factor);
        return new ValuePair(look, pair.canary() / pair.canaryOf(), pair.baseline() / pair.baselineOf());
    }
}
