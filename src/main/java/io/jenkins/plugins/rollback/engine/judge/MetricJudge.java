package io.jenkins.plugins.rollback.engine.judge;

import java.util.List;

/**
 * Judges one metric, look after look. It keeps what it has worked out, so a further look costs the same however many
 * came before; when a late sample arrives in between, it starts over and comes to the same result as if the sample had
 * been in time. Not thread safe.
 */
public final class MetricJudge {

    private final MetricRule rule;
    private final JudgedRates rates;
    private final JudgedValues values;

    public MetricJudge(MetricRule rule) {
        this.rule = rule;
        rates = new JudgedRates(rule);
        values = new JudgedValues(rule);
    }

    public MetricRule rule() {
        return rule;
    }

    /**
     * Judges a ratio or a count.
     *
     * @param history usable pairs from before the deployment, in order; they teach the noise and are not judged
     * @param looks usable pairs since the start, in order
     */
    public MetricVerdict judgeRates(List<CountPair> history, List<CountPair> looks) {
        if (rule.kind() == MetricKind.GAUGE) {
            throw new IllegalArgumentException(rule.name() + " is a gauge");
        }
        return rates.judge(history, looks);
    }

    /** Judges a gauge; parameters as for {@link #judgeRates}. */
    public MetricVerdict judgeValues(List<ValuePair> history, List<ValuePair> looks) {
        if (rule.kind() != MetricKind.GAUGE) {
            throw new IllegalArgumentException(rule.name() + " is no gauge");
        }
        return values.judge(history, looks);
    }
}
