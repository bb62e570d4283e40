package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A query of the small language that looks like PromQL; what {@link QueryParser} makes and {@link QueryEvaluator} runs. */
sealed interface Query {

    /** A literal number. */
    record Number(double value) implements Query {}

    /** {@code name{label="value", ...}}; {@code range} is {@code null} for the newest value. */
    record Selector(String name, List<Matcher> matchers, Duration range) implements Query {

        boolean matches(Labels labels) {
            return labels.get(Labels.NAME).equals(name)
                    && matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.label())));
        }
    }

    /** {@code increase(selector[1m])} or, with {@code perSecond}, {@code rate(selector[1m])}. */
    record Increase(Selector selector, boolean perSecond) implements Query {}

    /** {@code sum by (label) (query)}. */
    record Aggregate(Operation operation, List<String> by, Query of) implements Query {
        enum Operation {
            SUM,
            MIN,
            MAX,
            AVG,
            COUNT
        }
    }

    /** {@code histogram_quantile(0.99, query)}; the query's series carry {@code le} labels. */
    record Quantile(double q, Query buckets) implements Query {}

    /** {@code left / right}, and so on. */
    record Arithmetic(char operator, Query left, Query right) implements Query {}

    /** {@code left or vector(0)}: a default for a query without series. */
    record OrElse(Query left, Query right) implements Query {}

    /** One condition on a label. */
    record Matcher(String label, boolean equal, String value, Pattern pattern) {

        boolean matches(String actual) {
            boolean same = pattern == null
                    ? actual.equals(value)
                    : pattern.matcher(actual).matches();
            return same == equal;
        }
    }

    /** All metric names that the query asks for. */
    default SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        if (this instanceof Selector selector) {
            names.add(selector.name());
        } else if (this instanceof Increase increase) {
            names.add(increase.selector().name());
        } else if (this instanceof Aggregate aggregate) {
            names.addAll(aggregate.of().names());
        } else if (this instanceof Quantile quantile) {
            names.addAll(quantile.buckets().names());
        } else if (this instanceof Arithmetic arithmetic) {
            names.addAll(arithmetic.left().names());
            names.addAll(arithmetic.right().names());
        } else if (this instanceof OrElse orElse) {
            names.addAll(orElse.left().names());
            names.addAll(orElse.right().names());
        }
        return names;
    }
}
