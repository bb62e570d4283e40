package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaClassifier;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of Kayenta's judge whatever the data. */
class KayentaProperties {

    private static final String ONE =
            """
            analysis:
              judge: kayenta
              looks: 12
              metrics:
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'latency $track'}
            """;

    /** A metric that is the same number on both tracks at every look. */
    private static final String CONSTANT =
            """
                - name: constant
                  kind: gauge
                  value: {source: prom, query: 'constant $track'}
            """
                    .indent(0);

    private static final String MUTED = CONSTANT + "      kayenta: {muted: true}\n";

    private static final KayentaClassifier DEFAULTS = new KayentaClassifier(KayentaRule.defaults());

    /** Positive values with a spread, none twice. */
    private static double[] values(Random random, int size, double factor) {
        return random.doubles(size, 50, 150).map(value -> value * factor).toArray();
    }

    /**
     * The search for the interval's ends stops at 1e-4 of the metric's unit, as in R and in Kayenta, so that invariance
     * holds from there upwards: tiny units are Kayenta's weakness, and its suites hold us to it.
     */
    @Property(tries = 200)
    void theUnitOfAMetricDoesNotMatter(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 60) int size,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor,
            @ForAll @DoubleRange(min = 0, max = 9) double power) {
        Random random = new Random(seed);
        double scale = Math.pow(10, power);
        double[] canary = values(random, size, factor);
        double[] baseline = values(random, size, 1);
        Classification plain = DEFAULTS.classify(canary, baseline);
        Classification scaled = DEFAULTS.classify(scaled(canary, scale), scaled(baseline, scale));
        assertThat(scaled.ratio()).isCloseTo(plain.ratio(), within(1e-9));
        assertThat(scaled.shift().low() / scale).isCloseTo(plain.shift().low(), within(3e-4));
        assertThat(scaled.shift().high() / scale).isCloseTo(plain.shift().high(), within(3e-4));
        // the estimate, and so the bound, may lie anywhere on the step of a stair: only clear cases must agree
        double bound = 0.25 * Math.abs(plain.ratio() - 1) * 100;
        double clear = 0.6 * bound + 5;
        if (Math.abs(plain.shift().low() - bound) > clear
                && Math.abs(plain.shift().high() + bound) > clear) {
            assertThat(scaled.label()).isEqualTo(plain.label());
        }
    }

    private static double[] scaled(double[] values, double scale) {
        return Arrays.stream(values).map(value -> value * scale).toArray();
    }

    @Property(tries = 200)
    void swappingTheTracksMirrorsTheInterval(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 60) int size,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor) {
        Random random = new Random(seed);
        double[] canary = values(random, size, factor);
        double[] baseline = values(random, size, 1);
        Classification there = DEFAULTS.classify(canary, baseline);
        Classification back = DEFAULTS.classify(baseline, canary);
        assertThat(back.shift().low()).isCloseTo(-there.shift().high(), within(3e-4));
        assertThat(back.shift().high()).isCloseTo(-there.shift().low(), within(3e-4));
        assertThat(back.ratio()).isCloseTo(1 / there.ratio(), within(1e-9));
    }

    @Property(tries = 200)
    void theOrderOfValuesDoesNotMatter(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 60) int size,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor) {
        Random random = new Random(seed);
        double[] canary = values(random, size, factor);
        double[] baseline = values(random, size, 1);
        double[] sorted = canary.clone();
        Arrays.sort(sorted);
        Classification found = DEFAULTS.classify(sorted, baseline);
        assertThat(found.label()).isEqualTo(DEFAULTS.classify(canary, baseline).label());
        assertThat(found.shift()).isEqualTo(DEFAULTS.classify(canary, baseline).shift());
    }

    @Property(tries = 200)
    void onlyTheBadDirectionCounts(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 40) int size,
            @ForAll @DoubleRange(min = 0.2, max = 5) double factor) {
        Random random = new Random(seed);
        double[] canary = values(random, size, factor);
        double[] baseline = values(random, size, 1);
        Label either = DEFAULTS.classify(canary, baseline).label();
        assertThat(directed(Worse.INCREASE).classify(canary, baseline).label())
                .isEqualTo(either == Label.LOW ? Label.PASS : either);
        assertThat(directed(Worse.DECREASE).classify(canary, baseline).label())
                .isEqualTo(either == Label.HIGH ? Label.PASS : either);
    }

    private static KayentaClassifier directed(Worse direction) {
        KayentaRule rule = KayentaRule.defaults();
        return new KayentaClassifier(new KayentaRule(
                direction,
                false,
                false,
                false,
                false,
                3,
                rule.measure(),
                rule.limits(),
                rule.criticalLimits(),
                rule.statistics()));
    }

    @Property(tries = 40)
    void aConstantSeriesChangesNothing(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double constant)
            throws Exception {
        FakeMetrics.Answer answer = (query, at) ->
                query.startsWith("constant") ? constant : FakeMetrics.noisy(seed, query, at.toEpochMilli(), factor);
        GateStatus alone = GateRuns.live(ONE, answer).status();
        GateStatus muted = GateRuns.live(ONE + MUTED, answer).status();
        assertThat(muted.decided()).isEqualTo(alone.decided());
        assertThat(muted.summary()).isEqualTo(alone.summary());
        GateStatus scored = GateRuns.live(ONE + CONSTANT, answer).status();
        for (List<MetricVerdict> metrics : List.of(muted.metrics(), scored.metrics())) {
            assertThat(metrics.get(0)).isEqualTo(alone.metrics().get(0));
            assertThat(metrics.get(1).verdict()).isEqualTo(Verdict.PASS);
        }
        assertThat(scored.decided() == Verdict.PASS).isEqualTo(alone.decided() == Verdict.PASS);
    }

    @Property(tries = 40)
    void killedAndReplayedGatesComeToTheSame(@ForAll long seed, @ForAll @DoubleRange(min = 0.3, max = 3) double factor)
            throws Exception {
        FakeMetrics.Answer answer = (query, at) -> FakeMetrics.noisy(seed, query, at.toEpochMilli(), factor);
        GateRuns.assertSame(ONE, answer);
    }
}
