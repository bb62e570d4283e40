package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.MetricRule;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A parsed analysis file ({@code rollback/canary.yaml}): what is watched, for how long, and how sure one wants to be.
 * Immutable.
 */
public final class Analysis {

    /** How many looks a gate can have at the most. */
    public static final int MOST_LOOKS = 100_000;

    private final String text;
    private final String fileName;
    private final AnalysisSettings settings;
    private final GateJudge judge;
    private final List<Metric> metrics;

    Analysis(String text, String fileName, AnalysisSettings settings, GateJudge judge, List<Metric> metrics) {
        this.text = text;
        this.fileName = fileName;
        this.settings = settings;
        this.judge = judge;
        this.metrics = List.copyOf(metrics);
    }

    /**
     * Reads an analysis file.
     *
     * @param yaml its text
     * @param fileName for messages
     * @throws AnalysisException listing every problem with line and column
     */
    public static Analysis parse(String yaml, String fileName) throws AnalysisException {
        return new AnalysisParser(yaml, fileName).parse();
    }

    /** SHA-256 of the text it was read from, lower-case hexadecimal; recorded with every gate. */
    public String hash() {
        return Sha256.of(text);
    }

    /** The text it was read from. */
    public String text() {
        return text;
    }

    public String fileName() {
        return fileName;
    }

    /** Time between two looks, at least one second. */
    public Duration interval() {
        return settings.interval();
    }

    /** How many looks there are at the most, not counting an extension. */
    public int looks() {
        return settings.looks();
    }

    /** Chance that a canary within all tolerances is ever failed, over all looks and all critical metrics together. */
    public double alpha() {
        return settings.alpha();
    }

    /** Chance that a metric ever passes although it is beyond its tolerance. */
    public double beta() {
        return settings.beta();
    }

    /** How far back the same series are read to learn their noise; zero for not at all. */
    public Duration history() {
        return settings.history();
    }

    /** On which earlier days the baseline is read, at the same time; empty for the baseline track beside the canary. */
    public List<Integer> daysAgo() {
        return settings.daysAgo();
    }

    /** Whether an inconclusive gate gets as many looks again before it ends. */
    public boolean extendsInconclusive() {
        return settings.extend();
    }

    /** After how many looks in a row that a metric server failed the gate ends with ERROR. */
    public int errorLooks() {
        return settings.errorLooks();
    }

    /** After how many looks in a row without data for a critical metric the gate ends with NO_DATA. */
    public int noDataLooks() {
        return settings.noDataLooks();
    }

    /** How samples become a verdict. */
    GateJudge judge() {
        return judge;
    }

    /** The judge's name in analysis files: {@code sequential}, {@code kayenta}, {@code threshold} or {@code slo}. */
    public String judgedBy() {
        return judge.word();
    }

    public List<Metric> metrics() {
        return metrics;
    }

    /** Those that decide: the critical ones, or all where none is critical. */
    public List<Metric> deciding() {
        List<Metric> critical = metrics.stream().filter(Metric::critical).toList();
        return critical.isEmpty() ? metrics : critical;
    }

    /** Ids of all metric servers that it names. */
    public SortedSet<String> sources() {
        SortedSet<String> ids = new TreeSet<>();
        metrics.forEach(metric -> metric.queries().forEach(query -> ids.add(query.source())));
        return ids;
    }

    /** What the end of a gate with this verdict leads to. */
    public Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Outcome.PROMOTE;
            case FAIL -> Outcome.FAIL;
            case INCONCLUSIVE -> settings.onInconclusive();
            case NO_DATA -> settings.onNoData();
            case ERROR -> settings.onError();
        };
    }

    /** The judge's rule for a metric; alpha is shared in equal parts among the metrics that can fail the gate. */
    MetricRule rule(Metric metric) {
        return new MetricRule(
                metric.name(),
                metric.kind(),
                metric.worse(),
                metric.tolerance(),
                metric.negligible(),
                alpha() / deciding().size(),
                beta(),
                // an extension is part of the plan, or its looks could not use what history teaches
                extendsInconclusive() ? 2 * looks() : looks());
    }

    /** The same, asking one source for series by name instead of the metric servers: see {@link CsvReplay}. */
    Analysis forReplay(String source, Duration history) {
        List<Metric> named = new ArrayList<>();
        for (Metric one : metrics) {
            String on = "|" + MetricQuery.TRACK;
            boolean ratio = one.bad() != null;
            boolean gauge = one.kind() == MetricKind.GAUGE;
            named.add(new Metric(
                    one.name(),
                    one.kind(),
                    ratio ? new MetricQuery(source, one.name() + ".bad" + on) : null,
                    ratio ? new MetricQuery(source, one.name() + ".total" + on) : null,
                    ratio ? null : new MetricQuery(source, (gauge ? CsvSource.LEVEL : "") + one.name() + on),
                    one.worse(),
                    one.tolerance(),
                    one.negligible(),
                    one.critical(),
                    one.weight()));
        }
        return new Analysis(text, fileName, settings.forReplay(history), judge, named);
    }

    /** What is allowed but probably not meant, one sentence each, saying what will happen. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(judge.warnings(this));
        if (!daysAgo().isEmpty()) {
            warnings.add(
                    "the baseline is of earlier days: what differs between days counts as a difference of the canary,"
                            + " and the promises of the judge hold only as far as days are alike");
        }
        return warnings;
    }
}
