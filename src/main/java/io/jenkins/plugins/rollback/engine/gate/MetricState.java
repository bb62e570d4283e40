package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.judge.CountPair;
import io.jenkins.plugins.rollback.engine.judge.MetricJudge;
import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.MetricRule;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.judge.ValuePair;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One metric of a running gate: its samples, how often it went without, and what the judge makes of it. */
final class MetricState {

    final Metric metric;
    private final MetricJudge judge;
    private final boolean paired;
    private final TreeMap<Long, Sample> history = new TreeMap<>();
    private final TreeMap<Long, Sample> looks = new TreeMap<>();
    private final TreeSet<Long> failures = new TreeSet<>();
    private int missed;
    private int failed;
    private String trouble;
    private boolean nan;

    /** @param paired whether a look without the baseline's value is incomplete */
    MetricState(Metric metric, MetricRule rule, boolean paired) {
        this.metric = metric;
        this.paired = paired;
        judge = new MetricJudge(rule);
    }

    void addHistory(Sample sample) {
        history.put(sample.slot(), sample);
    }

    /** Takes the answers of a look. */
    void add(Sample sample, String why, boolean isNan) {
        failed = 0;
        looks.put(sample.slot(), sample);
        boolean complete = isComplete(resolved(sample));
        missed = complete ? 0 : missed + 1;
        trouble = complete ? null : why;
        nan = !complete && isNan;
    }

    /** Takes a late answer for a look that was there already. */
    void addLate(Sample sample) {
        looks.merge(sample.slot(), sample, Sample::completedBy);
    }

    /** Takes note that a metric server could not be asked at a look. */
    void addFailure(long slot, String why) {
        failures.add(slot);
        failed++;
        trouble = why;
    }

    /** Looks in a row whose question failed. */
    int failed() {
        return failed;
    }

    /** Looks in a row without data on both tracks. */
    int missed() {
        return missed;
    }

    /** Whether the data that is missing now was answered with NaN. */
    boolean isNan() {
        return nan;
    }

    /** What is the matter at present, or {@code null}. */
    String trouble() {
        return trouble;
    }

    Sample look(long slot) {
        return looks.get(slot);
    }

    /** Looks at which the metric server could not be asked, ascending. */
    Set<Long> failures() {
        return failures;
    }

    /** Samples from before the start, in order. */
    Collection<Sample> history() {
        return history.values();
    }

    Collection<Sample> samples() {
        return looks.values();
    }

    boolean hasPairs() {
        return looks.values().stream().map(this::resolved).anyMatch(this::isComplete);
    }

    /** Whether a sample has everything that the judge needs. */
    boolean isComplete(Sample sample) {
        return paired ? sample.isComplete() : Double.isFinite(sample.canary() + sample.canaryOf());
    }

    /** One track's value (a ratio's share) at every look whose question was answered, NaN for no data. */
    double[] values(boolean canary) {
        return looks.values().stream()
                .map(this::resolved)
                .mapToDouble(canary ? Sample::canaryValue : Sample::baselineValue)
                .toArray();
    }

    /** The judged track's value at every look by slot, NaN for no data and for a question that failed. */
    SortedMap<Long, Double> byLook() {
        SortedMap<Long, Double> values = new TreeMap<>();
        failures.forEach(slot -> values.put(slot, Double.NaN));
        looks.forEach((slot, sample) -> values.put(slot, resolved(sample).canaryValue()));
        return values;
    }

    MetricVerdict judge() {
        MetricVerdict verdict;
        if (metric.kind() == MetricKind.GAUGE) {
            verdict = judge.judgeValues(values(history.values()), values(looks.values()));
        } else {
            verdict = judge.judgeRates(counts(history.values()), counts(looks.values()));
        }
        if (failed > 0 || trouble != null && verdict.verdict() == Verdict.NO_DATA) {
            Verdict kind = failed > 0 ? Verdict.ERROR : nan ? Verdict.ERROR : Verdict.NO_DATA;
            boolean judged = verdict.verdict() != Verdict.NO_DATA;
            String reason = judged ? verdict.reason() + "; now: " + trouble : trouble;
            return new MetricVerdict(
                    verdict.name(),
                    judged ? verdict.verdict() : kind,
                    verdict.effect(),
                    verdict.low(),
                    verdict.high(),
                    verdict.evidence(),
                    reason);
        }
        return verdict;
    }

    private List<CountPair> counts(Collection<Sample> samples) {
        return samples.stream()
                .map(this::resolved)
                .map(one -> new CountPair(one.slot(), one.canary(), one.canaryOf(), one.baseline(), one.baselineOf()))
                .filter(CountPair::isUsable)
                .toList();
    }

    private List<ValuePair> values(Collection<Sample> samples) {
        return samples.stream()
                .map(one -> new ValuePair(one.slot(), one.canary(), one.baseline()))
                .filter(ValuePair::isUsable)
                .toList();
    }

    /**
     * A ratio's counter of bad events often does not exist before the first bad event. Once it was seen on any track,
     * the query is known to be right, and its absence where there was traffic means zero. Before that, it may be
     * misspelt: then it stays "no data".
     */
    private Sample resolved(Sample sample) {
        if (metric.kind() != MetricKind.RATIO || !badWasSeen()) {
            return sample;
        }
        return new Sample(
                sample.slot(),
                Double.isNaN(sample.canary()) && sample.canaryOf() >= 0 ? 0 : sample.canary(),
                sample.canaryOf(),
                Double.isNaN(sample.baseline()) && sample.baselineOf() >= 0 ? 0 : sample.baseline(),
                sample.baselineOf());
    }

    private boolean badWasSeen() {
        return Stream.concat(history.values().stream(), looks.values().stream())
                .anyMatch(one -> one.canary() >= 0 || one.baseline() >= 0);
    }

    ObjectNode save() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode past = json.putArray("history");
        history.values().forEach(sample -> past.add(sample.toJson()));
        ArrayNode now = json.putArray("looks");
        looks.values().forEach(sample -> now.add(sample.toJson()));
        ArrayNode errors = json.putArray("failures");
        failures.forEach(slot -> errors.add(slot.longValue()));
        return json.put("missed", missed)
                .put("failed", failed)
                .put("trouble", trouble)
                .put("nan", nan);
    }

    void load(JsonNode json) {
        json.path("history").forEach(row -> addHistory(Sample.fromJson(row)));
        json.path("looks").forEach(row -> {
            Sample sample = Sample.fromJson(row);
            looks.put(sample.slot(), sample);
        });
        json.path("failures").forEach(slot -> failures.add(slot.asLong()));
        missed = json.path("missed").asInt();
        failed = json.path("failed").asInt();
        trouble = json.path("trouble").isTextual() ? json.path("trouble").asText() : null;
        nan = json.path("nan").asBoolean();
    }
}
