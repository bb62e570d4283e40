package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of the sequential judge whatever the data. */
class JudgeProperties {

    private static final int PAST = 80;

    private static MetricRule rule(MetricKind kind, Worse worse, double tolerance) {
        return new MetricRule("m", kind, worse, tolerance, 0, 0.01, 0.05, 30);
    }

    private static MetricVerdict judgeValues(
            Worse worse, double tolerance, List<ValuePair> history, List<ValuePair> looks) {
        return new MetricJudge(rule(MetricKind.GAUGE, worse, tolerance)).judgeValues(history, looks);
    }

    private static MetricVerdict judgeRates(
            Worse worse, double tolerance, List<CountPair> history, List<CountPair> looks) {
        return new MetricJudge(rule(MetricKind.RATIO, worse, tolerance)).judgeRates(history, looks);
    }

    /** Enough of it to plan with, or none. */
    private static List<ValuePair> past(boolean history, long seed, double unit) {
        return !history
                ? List.of()
                : values(seed + 1, PAST, 1, unit).stream()
                        .map(pair -> new ValuePair(pair.look() - PAST, pair.canary(), pair.baseline()))
                        .toList();
    }

    private static List<CountPair> past(boolean history, long seed) {
        return !history
                ? List.of()
                : counts(seed + 1, PAST, 1).stream()
                        .map(pair -> new CountPair(
                                pair.look() - PAST, pair.canary(), pair.canaryOf(), pair.baseline(), pair.baselineOf()))
                        .toList();
    }

    /** A gauge whose noise stays for a while, in a unit of its own. */
    static List<ValuePair> values(long seed, int looks, double factor, double unit) {
        Simulated series = new Simulated(seed, Simulated.Noise.AR_05);
        List<ValuePair> pairs = new ArrayList<>();
        for (int look = 1; look <= looks; look++) {
            ValuePair pair = series.values(look, factor);
            pairs.add(new ValuePair(look, pair.canary() * unit, pair.baseline() * unit));
        }
        return pairs;
    }

    /** Bad requests in bursts, a quarter of the traffic on the canary. */
    static List<CountPair> counts(long seed, int looks, double factor) {
        Simulated series = new Simulated(seed, Simulated.Noise.BURSTS);
        List<CountPair> pairs = new ArrayList<>();
        for (int look = 1; look <= looks; look++) {
            pairs.add(series.counts(look, 300, 900, 0.05, factor));
        }
        return pairs;
    }

    @Property(tries = 200)
    void theUnitOfAGaugeDoesNotMatter(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int looks,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor,
            @ForAll @DoubleRange(min = -9, max = 9) double power,
            @ForAll boolean history) {
        double unit = Math.pow(10, power);
        MetricVerdict plain = judgeValues(Worse.INCREASE, 0.1, past(history, seed, 1), values(seed, looks, factor, 1));
        MetricVerdict scaled =
                judgeValues(Worse.INCREASE, 0.1, past(history, seed, unit), values(seed, looks, factor, unit));
        assertThat(scaled.verdict()).isEqualTo(plain.verdict());
        assertThat(scaled.effect()).isCloseTo(plain.effect(), within(1e-9));
        assertThat(scaled.evidence()).isCloseTo(plain.evidence(), within(1e-6 * plain.evidence()));
    }

    @Property(tries = 200)
    void swappingTheSidesMirrorsTheVerdictOfAGauge(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int looks,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor,
            @ForAll boolean history) {
        List<ValuePair> past = past(history, seed, 1);
        List<ValuePair> values = values(seed, looks, factor, 1);
        assertMirrored(
                judgeValues(Worse.INCREASE, 0.2, past, values),
                judgeValues(Worse.DECREASE, 0.2, swappedValues(past), swappedValues(values)));
    }

    private static List<ValuePair> swappedValues(List<ValuePair> values) {
        return values.stream()
                .map(pair -> new ValuePair(pair.look(), pair.baseline(), pair.canary()))
                .toList();
    }

    @Property(tries = 200)
    void swappingTheSidesMirrorsTheVerdictOfARatio(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int looks,
            @ForAll @DoubleRange(min = 0.5, max = 3) double factor,
            @ForAll boolean history) {
        List<CountPair> past = past(history, seed);
        List<CountPair> counts = counts(seed, looks, factor);
        assertMirrored(
                judgeRates(Worse.INCREASE, 0.2, past, counts),
                judgeRates(Worse.DECREASE, 0.2, swappedCounts(past), swappedCounts(counts)));
    }

    private static List<CountPair> swappedCounts(List<CountPair> counts) {
        return counts.stream()
                .map(pair ->
                        new CountPair(pair.look(), pair.baseline(), pair.baselineOf(), pair.canary(), pair.canaryOf()))
                .toList();
    }

    /** For "worse: increase": beyond the tolerance is where the interval begins, within is where it ends. */
    @Property(tries = 200)
    void theIntervalAgreesWithTheVerdict(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int looks,
            @ForAll @DoubleRange(min = 0.5, max = 3) double factor,
            @ForAll boolean history) {
        for (MetricVerdict one : List.of(
                judgeValues(Worse.INCREASE, 0.3, past(history, seed, 1), values(seed, looks, factor, 1)),
                judgeRates(Worse.INCREASE, 0.3, past(history, seed), counts(seed, looks, factor)))) {
            assertThat(one.low()).isLessThanOrEqualTo(one.high());
            assertThat(one.verdict() == Verdict.FAIL).isEqualTo(one.low() >= 0.3 - 1e-6);
            assertThat(one.verdict() == Verdict.PASS).isEqualTo(one.high() <= 0.3 + 1e-6);
        }
    }

    private static void assertMirrored(MetricVerdict more, MetricVerdict less) {
        assertThat(less.verdict()).isEqualTo(more.verdict());
        assertThat(less.evidence()).isCloseTo(more.evidence(), within(1e-6 * more.evidence()));
        assertThat(1 / (1 + less.effect())).isCloseTo(1 + more.effect(), within(1e-6 * (1 + more.effect())));
    }

    @Property(tries = 100)
    void lateSamplesMayComeInAnyOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int looks,
            @ForAll @DoubleRange(min = 0.5, max = 3) double factor,
            @ForAll boolean history) {
        List<CountPair> pastCounts = past(history, seed);
        List<CountPair> counts = counts(seed, looks, factor);
        assertThat(arriving(pastCounts, counts, seed, Comparator.comparingLong(CountPair::look), MetricKind.RATIO))
                .isEqualTo(judgeRates(Worse.EITHER, 0.1, pastCounts, counts));
        List<ValuePair> pastValues = past(history, seed, 1);
        List<ValuePair> values = values(seed, looks, factor, 1);
        assertThat(arriving(pastValues, values, seed, Comparator.comparingLong(ValuePair::look), MetricKind.GAUGE))
                .isEqualTo(judgeValues(Worse.EITHER, 0.1, pastValues, values));
    }

    /** What one judge, which remembers, says last when samples come in some order and it judges after each. */
    @SuppressWarnings("unchecked") // of the kind that the samples are
    private static <T> MetricVerdict arriving(
            List<T> history, List<T> samples, long seed, Comparator<T> byLook, MetricKind kind) {
        MetricJudge judge = new MetricJudge(rule(kind, Worse.EITHER, 0.1));
        List<T> order = new ArrayList<>(samples);
        Collections.shuffle(order, new Random(seed));
        List<T> arrived = new ArrayList<>();
        MetricVerdict last = null;
        for (T sample : order) {
            arrived.add(sample);
            arrived.sort(byLook);
            last = kind == MetricKind.RATIO
                    ? judge.judgeRates((List<CountPair>) history, (List<CountPair>) List.copyOf(arrived))
                    : judge.judgeValues((List<ValuePair>) history, (List<ValuePair>) List.copyOf(arrived));
        }
        return last;
    }
}
