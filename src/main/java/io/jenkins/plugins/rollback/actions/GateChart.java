package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.Metric;
import io.jenkins.plugins.rollback.engine.gate.chart.LookRow;
import io.jenkins.plugins.rollback.engine.gate.chart.MetricChart;
import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.Sentences;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One metric of a gate on a page: a picture, and a table that says the same. */
public final class GateChart {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Metric metric;
    private final MetricChart chart;
    private final String svg;

    GateChart(Gate gate, Metric metric) {
        this.metric = metric;
        chart = new MetricChart(gate, metric, ZoneId.systemDefault());
        svg = chart.draw();
    }

    public String getName() {
        return metric.name();
    }

    /** SVG without a script, every text in it escaped; empty before the first look. */
    public String getSvg() {
        return svg;
    }

    /** The table, a row a look. */
    public List<Row> getRows() {
        return chart.rows().stream().map(row -> new Row(row, metric)).toList();
    }

    /** A look. */
    public static final class Row {

        private final LookRow row;
        private final boolean share;

        Row(LookRow row, Metric metric) {
            this.row = row;
            share = metric.kind() == MetricKind.RATIO;
        }

        public int getLook() {
            return row.look();
        }

        public String getTime() {
            return TIME.format(row.at());
        }

        public String getBaseline() {
            return value(row.baseline());
        }

        public String getCanary() {
            return value(row.canary());
        }

        private String value(double value) {
            if (!Double.isFinite(value)) {
                return "–";
            }
            return share ? Sentences.percent(value) : Sentences.number(value);
        }

        public String getChange() {
            return GateMetric.change(row.span().effect());
        }

        public String getInterval() {
            return GateMetric.interval(row.span().low(), row.span().high());
        }

        /** Of the whole gate, if it had ended there. */
        public String getVerdict() {
            return row.verdict().name();
        }
    }
}
