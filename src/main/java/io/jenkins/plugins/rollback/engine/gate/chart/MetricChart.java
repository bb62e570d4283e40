package io.jenkins.plugins.rollback.engine.gate.chart;

import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateTrail.Span;
import io.jenkins.plugins.rollback.engine.gate.Metric;
import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.Sentences;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Draws one metric of a gate as SVG: above, the values of both tracks at every look; below, on the same axis of time,
 * the relative change with its interval as the judge saw it at that look, the band of what is tolerated, and where the
 * verdict was. No script; colours are the page's, so that it follows light and dark.
 */
public final class MetricChart {

    private static final double WIDTH = 760;
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 26;
    private static final double PANEL = 120;
    private static final double GAP = 30;
    private static final double AXIS = 24;
    private static final int MOST_LABELS = 6;

    private final Gate gate;
    private final Metric metric;
    private final ZoneId zone;
    private final List<LookRow> rows;
    private final Scale time;

    /** @param zone in which times are shown */
    public MetricChart(Gate gate, Metric metric, ZoneId zone) {
        this.gate = gate;
        this.metric = metric;
        this.zone = zone;
        rows = LookRow.of(gate, metric);
        long last = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).slot();
        // half an interval of air, so that the first and the last look do not stand on the frame
        time = new Scale(0.5, last + 0.5, LEFT, WIDTH - RIGHT);
    }

    /** What the table beside the picture says. */
    public List<LookRow> rows() {
        return rows;
    }

    /** The picture; empty before the first look. */
    public String draw() {
        if (rows.isEmpty()) {
            return "";
        }
        boolean effects = rows.stream().anyMatch(row -> isKnown(row.span()));
        double bottom = TOP + PANEL + (effects ? GAP + PANEL : 0);
        Svg svg = new Svg(WIDTH, bottom + AXIS, title(), description());
        values(svg);
        if (effects) {
            changes(svg, TOP + PANEL + GAP);
        }
        times(svg, bottom);
        verdict(svg, bottom);
        return svg.toString();
    }

    private static boolean isKnown(Span span) {
        return Double.isFinite(span.effect()) || Double.isFinite(span.low()) || Double.isFinite(span.high());
    }

    private String title() {
        return metric.name() + ": baseline and canary at each look";
    }

    /** What somebody who does not see the picture has to know of it; the table has the rest. */
    private String description() {
        LookRow last = rows.get(rows.size() - 1);
        String verdict = gate.status().isEnded()
                ? gate.status().decided() + " at look " + gate.status().look()
                : last.verdict() + " so far, at look " + last.look();
        return verdict + ". Last look: baseline " + value(last.baseline()) + ", canary " + value(last.canary())
                + ", change " + Sentences.change(last.span().effect()) + ".";
    }

    private String value(double value) {
        if (Double.isNaN(value)) {
            return "not known";
        }
        return metric.kind() == MetricKind.RATIO ? Sentences.percent(value) : Sentences.number(value);
    }

    private void values(Svg svg) {
        double[] known = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.baseline(), row.canary()))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(known).min().orElse(0);
        double high = DoubleStream.of(known).max().orElse(1);
        // from zero, unless that would press everything into a line at the top
        boolean fromZero = low >= 0 && low < 0.7 * high || high == 0;
        Scale scale = Scale.around(fromZero ? 0 : low, high == 0 ? 1 : high, TOP + PANEL, TOP);
        grid(svg, scale, TOP, this::value);
        boolean compared = rows.stream().anyMatch(row -> Double.isFinite(row.baseline())); // else with limits alone
        if (compared) {
            svg.text("rollback-chart__name rollback-chart__name--baseline", LEFT, TOP - 10, "start", "baseline");
        }
        svg.text(
                "rollback-chart__name rollback-chart__name--canary",
                LEFT + (compared ? 64 : 0),
                TOP - 10,
                "start",
                "canary");
        track(svg, scale, "baseline", LookRow::baseline);
        track(svg, scale, "canary", LookRow::canary);
    }

    private void track(Svg svg, Scale scale, String name, ToDoubleFunction<LookRow> value) {
        StringBuilder path = new StringBuilder();
        long before = Long.MIN_VALUE;
        for (LookRow row : rows) {
            double now = value.applyAsDouble(row);
            if (!Double.isFinite(now)) {
                continue;
            }
            // looks without data, or that were slept through, are not drawn over: nothing is known of them
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f ",
                    row.slot() - before == 1 ? "L" : "M",
                    time.at(row.slot()),
                    scale.at(now)));
            svg.circle("rollback-chart__dot rollback-chart__dot--" + name, time.at(row.slot()), scale.at(now), 2.4);
            before = row.slot();
        }
        if (!path.isEmpty()) {
            svg.path(
                    "rollback-chart__track rollback-chart__track--" + name,
                    path.toString().strip());
        }
    }

    private void changes(Svg svg, double top) {
        double[] band = band();
        // intervals begin infinitely wide; one that reaches far beyond band and effects is cut, so that those can be
        // seen
        double[] effects = DoubleStream.concat(
                        DoubleStream.of(0, band[0], band[1]),
                        rows.stream().mapToDouble(row -> row.span().effect()))
                .filter(Double::isFinite)
                .toArray();
        double far = 1.5 * DoubleStream.of(effects).map(Math::abs).max().orElse(0);
        Span last = rows.get(rows.size() - 1).span();
        double[] shown = DoubleStream.concat(
                        DoubleStream.of(effects),
                        DoubleStream.of(last.low(), last.high()).filter(end -> Math.abs(end) <= far))
                .toArray();
        Scale scale = Scale.around(
                DoubleStream.of(shown).min().orElse(-1),
                DoubleStream.of(shown).max().orElse(1),
                top + PANEL,
                top);
        grid(svg, scale, top, MetricChart::percent);
        svg.text("rollback-chart__name", LEFT, top - 9, "start", "change of the canary, with its interval");
        if (band[1] > band[0]) {
            svg.rect(
                    "rollback-chart__band",
                    LEFT,
                    scale.at(band[1]),
                    WIDTH - RIGHT - LEFT,
                    scale.at(band[0]) - scale.at(band[1]));
            svg.text(
                    "rollback-chart__name",
                    WIDTH - RIGHT,
                    top - 9,
                    "end",
                    "band: tolerated, up to " + Sentences.percent(metric.tolerance()));
        }
        svg.line("rollback-chart__zero", LEFT, scale.at(0), WIDTH - RIGHT, scale.at(0));
        for (LookRow row : rows) {
            double x = time.at(row.slot());
            Span span = row.span();
            if (Double.isFinite(span.low()) || Double.isFinite(span.high())) {
                svg.line("rollback-chart__interval", x, scale.at(span.low()), x, scale.at(span.high()));
            }
            if (Double.isFinite(span.effect())) {
                svg.circle("rollback-chart__effect", x, scale.at(span.effect()), 3);
            }
        }
    }

    /** Changes that are not worth a rollback; nothing where the judge knows no tolerance. */
    private double[] band() {
        if (!gate.analysis().judgedBy().equals("sequential")) {
            return new double[] {0, 0};
        }
        double most = metric.tolerance();
        return new double[] {metric.worse() == Worse.INCREASE ? 0 : -most, metric.worse() == Worse.DECREASE ? 0 : most};
    }

    private static String percent(double change) {
        return (change > 0 ? "+" : "") + Sentences.percent(change);
    }

    private interface Label {
        String of(double value);
    }

    private void grid(Svg svg, Scale scale, double top, Label label) {
        svg.rect("rollback-chart__panel", LEFT, top, WIDTH - RIGHT - LEFT, PANEL);
        for (double tick : scale.ticks()) {
            svg.line("rollback-chart__grid", LEFT, scale.at(tick), WIDTH - RIGHT, scale.at(tick));
            svg.text("rollback-chart__axis", LEFT - 6, scale.at(tick) + 4, "end", label.of(tick));
        }
    }

    private void times(Svg svg, double bottom) {
        boolean minutes = gate.analysis().interval().toSeconds() % 60 == 0;
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(minutes ? "HH:mm" : "HH:mm:ss").withZone(zone);
        int step = Math.max(1, (rows.size() + MOST_LABELS - 1) / MOST_LABELS);
        for (int i = 0; i < rows.size(); i += step) {
            LookRow row = rows.get(i);
            svg.text(
                    "rollback-chart__axis",
                    time.at(row.slot()),
                    bottom + 17,
                    "middle",
                    row.look() + " · " + format.format(row.at()));
        }
    }

    private void verdict(Svg svg, double bottom) {
        Verdict decided = gate.status().decided();
        if (decided == null) {
            return;
        }
        double x = time.at(rows.get(rows.size() - 1).slot());
        String tone = decided == Verdict.PASS ? "good" : decided == Verdict.FAIL ? "bad" : "ask";
        svg.line("rollback-chart__verdict rollback-chart__verdict--" + tone, x, TOP, x, TOP + PANEL);
        if (bottom > TOP + PANEL) {
            svg.line("rollback-chart__verdict rollback-chart__verdict--" + tone, x, bottom - PANEL, x, bottom);
        }
        svg.text(
                "rollback-chart__name rollback-chart__name--" + tone,
                WIDTH - RIGHT,
                TOP - 10,
                "end",
                decided + (gate.isOverridden() ? ", by a person," : "") + " at look "
                        + gate.status().look());
    }
}
