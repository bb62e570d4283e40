package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.HttpAnswer;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An answer in <a href="https://docs.influxdata.com/influxdb/v2/reference/syntax/annotated-csv/">annotated CSV</a>: tables
 * one after the other, each with the annotation {@code #group}, a header and rows; a series is a table of a result. An error
 * that happens while the answer is being sent is a table with the columns {@code error} and {@code reference}.
 */
final class FluxTables {

    private static final Set<String> NO_LABELS = Set.of("_start", "_stop", "_time", "_value", "result", "table");

    private final JsonServer server;
    private final HttpAnswer answer;

    FluxTables(JsonServer server, HttpAnswer answer) {
        this.server = server;
        this.answer = answer;
    }

    /**
     * A row with its column names.
     *
     * @param grouped names of the columns that tell tables apart
     */
    record Row(Map<String, String> cells, Set<String> grouped) {}

    List<Series> series() throws MetricException {
        Map<String, Series> series = new LinkedHashMap<>();
        for (Row row : rows()) {
            Map<String, String> cells = row.cells();
            Series one = series.computeIfAbsent(
                    cells.get("result") + " " + cells.get("table"), key -> new Series(labels(row), new ArrayList<>()));
            String value = cells.get("_value");
            if (value == null) {
                throw strange();
            }
            if (!value.isEmpty()) {
                // a window is stamped with its end, a plain sum() has none but that of the whole span
                one.points().add(new Series.Point(end(cells).minusMillis(1), server.number(value)));
            }
        }
        return List.copyOf(series.values());
    }

    private Instant end(Map<String, String> cells) throws MetricException {
        String time = cells.getOrDefault("_time", cells.get("_stop"));
        try {
            return Instant.parse(String.valueOf(time));
        } catch (DateTimeException e) {
            throw strange();
        }
    }

    private static Labels labels(Row row) {
        TreeMap<String, String> labels = new TreeMap<>();
        row.cells().forEach((name, value) -> {
            if (row.grouped().contains(name) && !NO_LABELS.contains(name)) {
                labels.put(name, value);
            }
        });
        return new Labels(labels);
    }

    /** @throws MetricException also for an error that comes as a table */
    List<Row> rows() throws MetricException {
        List<Row> rows = new ArrayList<>();
        List<String> header = null;
        List<String> group = null;
        for (List<String> line : CsvReader.read(answer.body())) {
            if (line.size() == 1 && line.get(0).isEmpty()) {
                header = null;
                group = null; // an empty line ends tables of one shape
            } else if (line.get(0).startsWith("#")) {
                group = line.get(0).equals("#group") ? line : group;
                header = null;
            } else if (header == null) {
                header = line;
                if (!header.contains("table") && !header.contains("error")) {
                    throw strange();
                }
            } else if (line.size() != header.size()) {
                throw strange();
            } else {
                rows.add(row(header, group, line));
            }
        }
        return rows;
    }

    private Row row(List<String> header, List<String> group, List<String> line) throws MetricException {
        Map<String, String> cells = new LinkedHashMap<>();
        Set<String> grouped = new java.util.TreeSet<>();
        for (int i = 0; i < header.size(); i++) {
            cells.put(header.get(i), line.get(i));
            if (group != null && i < group.size() && group.get(i).equals("true")) {
                grouped.add(header.get(i));
            }
        }
        if (cells.containsKey("error")) {
            throw new MetricException(
                    server.said(answer) + " with an error: " + answer.quote(cells.get("error")), false, null);
        }
        return new Row(cells, grouped);
    }

    private MetricException strange() {
        return new MetricException(
                server.said(answer) + " with CSV that is no answer of InfluxDB, or has no column _value", true, null);
    }
}
