package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.model.YamlTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Series from a file with the header {@code time,series,track,value}: time in ISO 8601 or epoch seconds, series a
 * metric's name or {@code name.bad} / {@code name.total}, track {@code baseline} or {@code canary}, value a number; an
 * empty value or {@code NaN} is no data. Lines may come in any order.
 */
final class CsvSeries {

    static final String HEADER = "time,series,track,value";

    private final Map<String, Points> series = new HashMap<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Times in milliseconds, ascending, with their values. */
    static final class Points {
        private long[] times = new long[64];
        private double[] values = new double[64];
        private int size;

        private void add(long time, double value) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            times[size] = time;
            values[size++] = value;
        }

        private void sort() {
            boolean sorted = true;
            for (int i = 1; i < size; i++) {
                sorted &= times[i - 1] <= times[i];
            }
            if (!sorted) {
                Integer[] order = new Integer[size];
                Arrays.setAll(order, i -> i);
                Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
                long[] newTimes = new long[size];
                double[] newValues = new double[size];
                for (int i = 0; i < size; i++) {
                    newTimes[i] = times[order[i]];
                    newValues[i] = values[order[i]];
                }
                times = newTimes;
                values = newValues;
            }
        }

        /** Index of the first point at or after a time. */
        private int from(long time) {
            int found = Arrays.binarySearch(times, 0, size, time);
            while (found > 0 && times[found - 1] == time) {
                found--;
            }
            return found >= 0 ? found : -found - 1;
        }

        /** Sum and number of the points in a span, its end excluded: {@code [sum, number]}. */
        double[] sum(long from, long to) {
            double sum = 0;
            int number = 0;
            for (int i = from(from); i < size && times[i] < to; i++) {
                sum += values[i];
                number++;
            }
            return new double[] {sum, number};
        }
    }

    static CsvSeries read(Path file) throws IOException {
        CsvSeries all = new CsvSeries();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = reader.readLine();
            if (header == null || !header.replace("\uFEFF", "").replace(" ", "").equals(HEADER)) {
                throw new IOException(file + ": line 1 must be the header " + HEADER);
            }
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    all.line(file, number, line);
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
        if (all.first > all.last) {
            throw new IOException(file + " has no samples");
        }
        all.series.values().forEach(Points::sort);
        return all;
    }

    private void line(Path file, int number, String line) throws IOException {
        String[] fields = line.split(",", -1);
        if (fields.length != 4) {
            throw new IOException(file + ": line " + number + " has " + fields.length + " fields, expected " + HEADER);
        }
        long time;
        double value;
        try {
            time = time(fields[0].strip());
        } catch (DateTimeException | NumberFormatException e) {
            throw new IOException(file + ": line " + number + ": '" + YamlTree.shorten(fields[0])
                    + "' is no time, neither ISO 8601 nor epoch seconds");
        }
        String track = fields[2].strip();
        if (!track.equals(MetricQuery.BASELINE) && !track.equals(MetricQuery.CANARY)) {
            throw new IOException(file + ": line " + number + ": the track must be baseline or canary, not '"
                    + YamlTree.shorten(track) + "'");
        }
        try {
            value = fields[3].isBlank() ? Double.NaN : number(fields[3].strip());
        } catch (NumberFormatException e) {
            throw new IOException(file + ": line " + number + ": '" + YamlTree.shorten(fields[3]) + "' is no number");
        }
        if (Double.isFinite(value)) {
            series.computeIfAbsent(fields[1].strip() + "|" + track, key -> new Points())
                    .add(time, value);
        }
        first = Math.min(first, time);
        last = Math.max(last, time);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf", "-Inf" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    static long time(String text) {
        char c = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
        if (c >= '0' && c <= '9' && text.indexOf('T') < 0) {
            return Math.round(Double.parseDouble(text) * 1000);
        }
        return c == 'Z'
                ? Instant.parse(text).toEpochMilli()
                : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }

    /** Times and values of the marks, in order; empty in a file that has none. */
    SortedMap<Instant, Long> marks() {
        SortedMap<Instant, Long> marks = new TreeMap<>();
        Points points = series.get(SamplesCsv.LOOK + "|" + MetricQuery.CANARY);
        for (int i = 0; points != null && i < points.size; i++) {
            marks.put(Instant.ofEpochMilli(points.times[i]), (long) points.values[i]);
        }
        return marks;
    }

    /** A series on a track, {@code name|track}, or {@code null}. */
    Points get(String seriesAndTrack) {
        return series.get(seriesAndTrack);
    }

    Instant first() {
        return Instant.ofEpochMilli(first);
    }

    Instant last() {
        return Instant.ofEpochMilli(last);
    }

    /** The earliest sample of any series at or after a moment, or {@code null}. */
    Instant firstSince(Instant moment) {
        long earliest = Long.MAX_VALUE;
        for (Points points : series.values()) {
            int i = points.from(moment.toEpochMilli());
            if (i < points.size) {
                earliest = Math.min(earliest, points.times[i]);
            }
        }
        return earliest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(earliest);
    }
}
