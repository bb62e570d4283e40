package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a {@link Query} over remembered scrapes. */
final class QueryEvaluator {

    private final ScrapeMemory memory;

    QueryEvaluator(ScrapeMemory memory) {
        this.memory = memory;
    }

    /** Too few scrapes are remembered for a range; no fault of the query and gone at the next look. */
    static final class TooLittleMemory extends Exception {
        private static final long serialVersionUID = 1L;

        TooLittleMemory(String message) {
            super(message);
        }
    }

    Map<Labels, Double> run(Query query) throws TooLittleMemory {
        if (query instanceof Query.Number number) {
            return Map.of(Labels.NONE, number.value());
        }
        if (query instanceof Query.Selector selector) {
            Map<Labels, Double> found = new LinkedHashMap<>();
            memory.newest().forEach((labels, value) -> {
                if (selector.matches(labels)) {
                    found.put(labels, value);
                }
            });
            return found;
        }
        if (query instanceof Query.Increase increase) {
            return increase(increase);
        }
        if (query instanceof Query.Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (query instanceof Query.Quantile quantile) {
            return quantile(quantile);
        }
        if (query instanceof Query.OrElse orElse) {
            Map<Labels, Double> left = run(orElse.left());
            return left.isEmpty() ? run(orElse.right()) : left;
        }
        return arithmetic((Query.Arithmetic) query);
    }

    private Map<Labels, Double> increase(Query.Increase increase) throws TooLittleMemory {
        Duration range = increase.selector().range();
        List<ScrapeMemory.Scrape> window = memory.window(range);
        double seconds = increase.perSecond()
                ? Duration.between(
                                        window.get(0).at(),
                                        window.get(window.size() - 1).at())
                                .toMillis()
                        / 1000.0
                : 1;
        Map<Labels, Double> sums = new LinkedHashMap<>();
        for (int i = 1; i < window.size(); i++) {
            Map<Labels, Double> before = window.get(i - 1).series();
            window.get(i).series().forEach((labels, value) -> {
                if (increase.selector().matches(labels)) {
                    // a counter that was not there before, or went down, started anew from zero
                    double earlier = before.getOrDefault(labels, 0.0);
                    double grown = value < earlier ? value : value - earlier;
                    sums.merge(labels.without(Labels.NAME), grown / seconds, Double::sum);
                }
            });
        }
        return sums;
    }

    private Map<Labels, Double> aggregate(Query.Aggregate aggregate) throws TooLittleMemory {
        Map<Labels, DoubleSummaryStatistics> groups = new LinkedHashMap<>();
        run(aggregate.of()).forEach((labels, value) -> groups.computeIfAbsent(
                        labels.only(aggregate.by()), group -> new DoubleSummaryStatistics())
                .accept(value));
        Map<Labels, Double> result = new LinkedHashMap<>();
        groups.forEach((labels, values) -> result.put(
                labels,
                switch (aggregate.operation()) {
                    case SUM -> values.getSum();
                    case MIN -> values.getMin();
                    case MAX -> values.getMax();
                    case AVG -> values.getAverage();
                    case COUNT -> (double) values.getCount();
                }));
        return result;
    }

    /** As Prometheus does: linear within the bucket where the quantile falls, the bound below when it is the last. */
    private Map<Labels, Double> quantile(Query.Quantile quantile) throws TooLittleMemory {
        Map<Labels, TreeMap<Double, Double>> histograms = new LinkedHashMap<>();
        run(quantile.buckets()).forEach((labels, value) -> upperBound(labels).ifPresent(bound -> histograms
                .computeIfAbsent(labels.without("le").without(Labels.NAME), group -> new TreeMap<>())
                .merge(bound, value, Double::sum)));
        Map<Labels, Double> result = new LinkedHashMap<>();
        histograms.forEach((labels, buckets) -> result.put(labels, quantile(quantile.q(), buckets)));
        return result;
    }

    private static Optional<Double> upperBound(Labels labels) {
        try {
            return Optional.of(PrometheusNumbers.parse(labels.get("le")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static double quantile(double q, TreeMap<Double, Double> buckets) {
        if (buckets.size() < 2
                || Double.isFinite(buckets.lastKey())
                || !(buckets.lastEntry().getValue() > 0)) {
            return Double.NaN;
        }
        double rank = q * buckets.lastEntry().getValue();
        double below = 0;
        double lower = Math.min(0, buckets.firstKey());
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double upper = bucket.getKey();
            double upTo = bucket.getValue();
            if (upTo >= rank) {
                if (Double.isInfinite(upper)) {
                    return buckets.lowerKey(upper);
                }
                boolean nothingBelow = upper <= 0 && bucket.getKey().equals(buckets.firstKey());
                return nothingBelow || upTo <= below
                        ? upper
                        : lower + (upper - lower) * (rank - below) / (upTo - below);
            }
            below = upTo;
            lower = upper;
        }
        return Double.NaN;
    }

    private Map<Labels, Double> arithmetic(Query.Arithmetic arithmetic) throws TooLittleMemory {
        Map<Labels, Double> left = run(arithmetic.left());
        Map<Labels, Double> right = run(arithmetic.right());
        Map<Labels, Double> result = new LinkedHashMap<>();
        for (Map.Entry<Labels, Double> one : left.entrySet()) {
            Labels labels = one.getKey().without(Labels.NAME);
            if (arithmetic.right() instanceof Query.Number number) {
                result.put(labels, apply(arithmetic.operator(), one.getValue(), number.value()));
            } else if (arithmetic.left() instanceof Query.Number number) {
                right.forEach((other, value) ->
                        result.put(other.without(Labels.NAME), apply(arithmetic.operator(), number.value(), value)));
            } else {
                for (Map.Entry<Labels, Double> other : right.entrySet()) {
                    if (other.getKey().without(Labels.NAME).equals(labels)) {
                        result.put(labels, apply(arithmetic.operator(), one.getValue(), other.getValue()));
                    }
                }
            }
        }
        return result;
    }

    private static double apply(char operator, double left, double right) {
        return switch (operator) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            default -> left / right;
        };
    }

    /** For messages. */
    static List<Labels> labels(Map<Labels, Double> vector) {
        return new ArrayList<>(vector.keySet());
    }
}
