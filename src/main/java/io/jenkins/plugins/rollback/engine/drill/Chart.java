package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.model.Markup;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws one measure of a drill over time as SVG: a line for each track, a band for each gate, a mark for each look and
 * a line at each verdict. Colours come from the page, so that it follows light and dark.
 */
final class Chart {

    private static final double WIDTH = 960;
    private static final double HEIGHT = 250;
    private static final double LEFT = 52;
    private static final double RIGHT = 16;
    private static final double TOP = 30;
    private static final double BOTTOM = 40;

    /** Samples further apart than this, in seconds, are not joined: nothing is known in between. */
    private static final double GAP = 1.6;

    private final DrillReport report;
    private final String unit;
    private final ToDoubleFunction<DrillReport.Sample> measure;
    private final double highest;
    private final StringBuilder svg = new StringBuilder();

    /** @param unit behind the numbers of the axis */
    Chart(DrillReport report, String unit, ToDoubleFunction<DrillReport.Sample> measure) {
        this.report = report;
        this.unit = unit;
        this.measure = measure;
        highest = niceAbove(report.samples().stream().mapToDouble(measure).max().orElse(1));
    }

    /** @param title what a screen reader says */
    String draw(String title) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Markup.escaped(title)));
        bands();
        axes();
        line("baseline");
        line("canary");
        looks();
        return svg.append("</svg>\n").toString();
    }

    private double x(double seconds) {
        return LEFT + seconds / report.seconds() * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void axes() {
        for (int i = 0; i <= 4; i++) {
            double value = highest * i / 4;
            add(
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, y(value), WIDTH - RIGHT, y(value));
            add(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s %s</text>",
                    LEFT - 6, y(value) + 4, number(value), unit);
        }
        for (int second = 0; second < report.seconds(); second += 5) {
            add(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d s</text>",
                    x(second), HEIGHT - 6, second);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private void line(String track) {
        StringBuilder points = new StringBuilder();
        double before = Double.NaN;
        List<DrillReport.Sample> samples = report.samples().stream()
                .filter(sample -> sample.track().equals(track))
                .toList();
        for (DrillReport.Sample sample : samples) {
            boolean joined = sample.seconds() - before < GAP;
            points.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f ",
                    joined ? "L" : "M",
                    x(sample.seconds()),
                    y(measure.applyAsDouble(sample))));
            before = sample.seconds();
        }
        if (points.length() > 0) {
            add("<path class=\"%s\" d=\"%s\"/>", track, points.toString().strip());
        }
    }

    /** From one second before a gate's first look, when its first sample began, to its verdict. */
    private void bands() {
        List<DrillReport.Look> looks = report.looks();
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).look() == 1) {
                int end = i;
                while (end + 1 < looks.size() && looks.get(end + 1).look() > 1) {
                    end++;
                }
                double from = x(Math.max(0, looks.get(i).seconds() - 1));
                double to = x(looks.get(end).seconds());
                add(
                        "<rect class=\"band\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        from, TOP, Math.max(1, to - from), HEIGHT - TOP - BOTTOM);
                add(
                        "<text class=\"gate\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                        (from + to) / 2, TOP - 16, Markup.escaped(looks.get(i).gate()));
            }
        }
    }

    private void looks() {
        for (DrillReport.Look look : report.looks()) {
            String verdict = look.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
            String title = Markup.escaped(String.format(
                    Locale.ROOT,
                    "%s, look %d at %.1f s: %s",
                    look.gate(),
                    look.look(),
                    look.seconds(),
                    look.verdict()));
            if (look.decided()) {
                add(
                        "<line class=\"verdict %s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        verdict, x(look.seconds()), TOP, x(look.seconds()), HEIGHT - BOTTOM);
                add(
                        "<text class=\"verdict %s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                        verdict, x(look.seconds()) - 5, TOP + 14, look.verdict().name());
            }
            add(
                    "<circle class=\"look %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s</title></circle>",
                    verdict, x(look.seconds()), HEIGHT - BOTTOM + 12, look.decided() ? "5.5" : "4", title);
        }
    }

    /** The next of 1, 2, 4, 6, 8, 10 times a power of ten: divides by four into round numbers. */
    static double niceAbove(double value) {
        if (!(value > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 6, 8}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
