package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** What holds of a gate with the sequential judge whatever it sees. */
class SequentialProperties {

    private static final String ONE =
            """
            analysis:
              interval: 1m
              looks: 15
              metrics:
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'latency $track'}
                  tolerance: 0.3
            """;

    /** A metric that is the same number on both tracks at every look, and that is only shown. */
    private static final String CONSTANT =
            """
                - name: constant
                  kind: gauge
                  value: {source: prom, query: 'constant $track'}
                  critical: false
            """
                    .indent(0);

    @Property(tries = 60)
    void killedAndReplayedGatesComeToTheSame(@ForAll long seed, @ForAll @DoubleRange(min = 0.3, max = 3) double factor)
            throws Exception {
        FakeMetrics.Answer answer = (query, at) -> FakeMetrics.noisy(seed, query, at.toEpochMilli(), factor);
        GateRuns.assertSame(ONE, answer);
    }

    @Property(tries = 60)
    void aConstantSeriesChangesNothing(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.3, max = 3) double factor,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double constant)
            throws Exception {
        FakeMetrics.Answer answer = (query, at) ->
                query.startsWith("constant") ? constant : FakeMetrics.noisy(seed, query, at.toEpochMilli(), factor);
        GateStatus alone = GateRuns.live(ONE, answer).status();
        GateStatus both = GateRuns.live(ONE + CONSTANT, answer).status();
        assertThat(both.decided()).isEqualTo(alone.decided());
        assertThat(both.look()).isEqualTo(alone.look());
        assertThat(both.metrics().get(0)).isEqualTo(alone.metrics().get(0));
        assertThat(both.metrics().get(1).verdict()).isNotEqualTo(Verdict.FAIL);
    }
}
