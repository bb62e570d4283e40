package io.jenkins.plugins.rollback.engine.gate.chart;

import io.jenkins.plugins.rollback.engine.model.Markup;
import java.util.Locale;

/** Writes SVG: shapes with a class, whose colours the page's style sheet knows, and texts with markup made harmless. */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    Svg(double width, double height, String title, String description) {
        // a title and a description are what a screen reader says of the picture
        add("<svg class=\"rollback-chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">", width, height);
        out.append("<title>").append(Markup.escaped(title)).append("</title>");
        out.append("<desc>").append(Markup.escaped(description)).append("</desc>\n");
    }

    void line(String type, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", type, x1, y1, x2, y2);
    }

    void rect(String type, double x, double y, double width, double height) {
        add("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", type, x, y, width, height);
    }

    void circle(String type, double x, double y, double radius) {
        add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", type, x, y, radius);
    }

    void path(String type, CharSequence points) {
        add("<path class=\"%s\" d=\"%s\"/>\n", type, points);
    }

    /** @param anchor start, middle or end */
    void text(String type, double x, double y, String anchor, String text) {
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", type, x, y, anchor);
        out.append(Markup.escaped(text)).append("</text>\n");
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    @Override
    public String toString() {
        return out + "</svg>";
    }
}
