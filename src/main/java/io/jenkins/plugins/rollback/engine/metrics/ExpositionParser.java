package io.jenkins.plugins.rollback.engine.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus text format</a> (also
 * OpenMetrics: exemplars and {@code # EOF} are passed over). Timestamps are ignored: what counts is when we asked.
 */
final class ExpositionParser {

    private final String line;
    private int at;

    private ExpositionParser(String line) {
        this.line = line;
    }

    /**
     * @param page the whole page
     * @param extra labels of the place it came from; they win over the page's own
     * @return every series with its value; a series given twice counts once, the later one
     * @throws IllegalArgumentException naming the first line that is not in the format
     */
    static Map<Labels, Double> parse(String page, Map<String, String> extra) {
        Map<Labels, Double> series = new HashMap<>();
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                new ExpositionParser(text).series(series, extra);
            } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("line " + number + " is not in the Prometheus text format");
            }
        }
        return series;
    }

    private void series(Map<Labels, Double> into, Map<String, String> extra) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(Labels.NAME, name());
        spaces();
        if (line.charAt(at) == '{') {
            at++;
            labels(labels);
        }
        labels.putAll(extra);
        spaces();
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        into.put(new Labels(labels), PrometheusNumbers.parse(line.substring(at, end)));
    }

    private void labels(SortedMap<String, String> into) {
        while (true) {
            spaces();
            if (line.charAt(at) == '}') {
                at++;
                return;
            }
            String label = name();
            spaces();
            expect('=');
            spaces();
            into.put(label, quoted());
            spaces();
            if (line.charAt(at) == ',') {
                at++;
            } else if (line.charAt(at) != '}') {
                throw new IllegalArgumentException();
            }
        }
    }

    private String name() {
        int start = at;
        while (at < line.length() && isNamePart(line.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException();
        }
        return line.substring(start, at);
    }

    static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':';
    }

    private String quoted() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\') {
                char escaped = line.charAt(at++);
                value.append(escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }

    private void expect(char c) {
        if (line.charAt(at++) != c) {
            throw new IllegalArgumentException();
        }
    }

    private void spaces() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }
}
