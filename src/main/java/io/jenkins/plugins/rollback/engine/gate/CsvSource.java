package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a gate's questions from a file. A look sees the samples up to half an interval around it: events
 * are added up, of levels the mean is taken (there is normally one sample a look).
 */
final class CsvSource implements MetricSource {

    /** Stands before the name of a series of levels, which are averaged; all others are added up. */
    static final String LEVEL = "level ";

    private final String id;
    private final CsvSeries series;
    private final long interval;
    private final long start;

    /** @param start where the looks begin; earlier samples are history */
    CsvSource(String id, CsvSeries series, Duration interval, Instant start) {
        this.id = id;
        this.series = series;
        this.interval = interval.toMillis();
        this.start = start.toEpochMilli();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read(String query, Instant at) throws MetricException {
        long middle = at.toEpochMilli();
        CsvSeries.Points failed = series.get(SamplesCsv.ERROR + query.replace(LEVEL, ""));
        if (failed != null && failed.sum(middle - interval / 2, middle + interval - interval / 2)[1] > 0) {
            throw new MetricException("the metric server could not be asked at this look", false, null);
        }
        return read(query, at, Math.max(start, middle - interval / 2), middle + interval - interval / 2);
    }

    private Reading read(String query, Instant at, long from, long to) {
        boolean level = query.startsWith(LEVEL);
        CsvSeries.Points points = series.get(level ? query.substring(LEVEL.length()) : query);
        double[] sum = points == null ? new double[2] : points.sum(from, to);
        if (sum[1] == 0) {
            return Reading.noData(
                    at, "the file has no sample of " + query.replace(LEVEL, "").replace("|", " on the "));
        }
        return Reading.of(at, level ? sum[0] / sum[1] : sum[0]);
    }

    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration step) {
        List<Reading> readings = new ArrayList<>();
        for (Instant at = to; !at.isBefore(from); at = at.minus(step)) {
            long middle = at.toEpochMilli();
            Reading reading = read(query, at, middle - interval / 2, Math.min(start, middle + interval - interval / 2));
            if (reading.hasData()) {
                readings.add(0, reading);
            }
        }
        return readings;
    }

    @Override
    public void probe() {
        // the file was read
    }
}
