package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Parses the part of PromQL that a direct scrape understands:
 *
 * <pre>
 * query    = sum { "or" sum }
 * sum      = product { ("+" | "-") product }
 * product  = unary { ("*" | "/") unary }
 * unary    = number | "(" query ")" | "vector" "(" number ")" | selector
 *          | ("increase" | "rate") "(" selector "[" duration "]" ")"
 *          | ("sum" | "min" | "max" | "avg" | "count") [ by ] "(" query ")" [ by ]
 *          | "histogram_quantile" "(" number "," query ")"
 * by       = "by" "(" label { "," label } ")"
 * selector = name [ "{" label ("=" | "!=" | "=~" | "!~") string { "," ... } "}" ]
 * </pre>
 */
final class QueryParser {

    /** Queries come from files in a repository: a depth that no person writes is refused before it hurts. */
    private static final int MAX_DEPTH = 50;

    private static final int MAX_LENGTH = 10_000;

    private final String text;
    private int at;
    private int depth;

    private QueryParser(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException saying what was expected at which column */
    static Query parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
        }
        QueryParser parser = new QueryParser(text);
        Query query = parser.query();
        parser.spaces();
        if (parser.at < text.length()) {
            throw parser.wrong("the end");
        }
        return query;
    }

    private Query query() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        Query left = sum();
        while (word("or")) {
            left = new Query.OrElse(left, sum());
        }
        depth--;
        return left;
    }

    private Query sum() {
        Query left = product();
        while (peek('+') || peek('-')) {
            left = new Query.Arithmetic(text.charAt(at++), left, product());
        }
        return left;
    }

    private Query product() {
        Query left = unary();
        while (peek('*') || peek('/')) {
            left = new Query.Arithmetic(text.charAt(at++), left, unary());
        }
        return left;
    }

    private Query unary() {
        spaces();
        if (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            return new Query.Number(number());
        }
        if (peek('(')) {
            at++;
            Query inner = query();
            expect(')');
            return inner;
        }
        String name = name("a number, a metric or a function");
        switch (name) {
            case "increase":
            case "rate":
                return increase(name.equals("rate"));
            case "sum":
            case "min":
            case "max":
            case "avg":
            case "count":
                return aggregate(Query.Aggregate.Operation.valueOf(name.toUpperCase(Locale.ROOT)));
            case "histogram_quantile":
                expect('(');
                double q = number();
                expect(',');
                Query buckets = query();
                expect(')');
                return new Query.Quantile(q, buckets);
            case "vector":
                expect('(');
                double value = number();
                expect(')');
                return new Query.Number(value);
            default:
                if (peek('(')) {
                    throw new IllegalArgumentException("the function '" + name
                            + "' is not among those a direct scrape understands: increase, rate, sum, min, max, avg,"
                            + " count, histogram_quantile, vector");
                }
                Query.Selector selector = selector(name);
                if (selector.range() != null) {
                    throw new IllegalArgumentException("a range such as [1m] belongs into increase() or rate()");
                }
                return selector;
        }
    }

    private Query increase(boolean perSecond) {
        expect('(');
        Query.Selector selector = selector(name("a metric"));
        if (selector.range() == null) {
            throw wrong("a range such as [1m]");
        }
        expect(')');
        return new Query.Increase(selector, perSecond);
    }

    private Query aggregate(Query.Aggregate.Operation operation) {
        List<String> by = by();
        expect('(');
        Query of = query();
        expect(')');
        if (by.isEmpty()) {
            by = by();
        }
        return new Query.Aggregate(operation, by, of);
    }

    private List<String> by() {
        List<String> labels = new ArrayList<>();
        if (word("by")) {
            expect('(');
            do {
                labels.add(name("a label"));
            } while (skip(','));
            expect(')');
        }
        return labels;
    }

    private Query.Selector selector(String name) {
        List<Query.Matcher> matchers = new ArrayList<>();
        if (skip('{')) {
            while (!skip('}')) {
                matchers.add(matcher());
                if (!peek('}')) {
                    expect(',');
                }
            }
        }
        Duration range = null;
        if (skip('[')) {
            range = duration();
            expect(']');
        }
        return new Query.Selector(name, List.copyOf(matchers), range);
    }

    private Query.Matcher matcher() {
        String label = name("a label");
        spaces();
        String operator = null;
        for (String candidate : List.of("=~", "!~", "!=", "=")) {
            if (text.startsWith(candidate, at)) {
                operator = candidate;
                break;
            }
        }
        if (operator == null) {
            throw wrong("one of = != =~ !~");
        }
        at += operator.length();
        String value = quoted();
        Pattern pattern = null;
        if (operator.endsWith("~")) {
            try {
                pattern = Pattern.compile(value);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("the pattern \"" + value + "\" is no regular expression");
            }
        }
        return new Query.Matcher(label, !operator.startsWith("!"), value, pattern);
    }

    private Duration duration() {
        double seconds = 0;
        do {
            double amount = number();
            if (text.startsWith("ms", at)) {
                at += 2;
                seconds += amount / 1000;
                continue;
            }
            int unit = at < text.length() ? "smhdw".indexOf(text.charAt(at)) : -1;
            if (unit < 0) {
                throw wrong("a unit: ms, s, m, h, d or w");
            }
            at++;
            seconds += amount * new int[] {1, 60, 3600, 86_400, 604_800}[unit];
        } while (at < text.length() && Character.isDigit(text.charAt(at)));
        if (seconds <= 0) {
            throw wrong("a range above zero");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private double number() {
        spaces();
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("a number");
        }
    }

    private String name(String what) {
        spaces();
        int start = at;
        while (at < text.length() && ExpositionParser.isNamePart(text.charAt(at))) {
            at++;
        }
        if (at == start || Character.isDigit(text.charAt(start))) {
            at = start;
            throw wrong(what);
        }
        return text.substring(start, at);
    }

    private String quoted() {
        spaces();
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '"' && quote != '\'') {
            throw wrong("a quoted value");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                value.append(escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        if (at++ >= text.length()) {
            throw new IllegalArgumentException("a quoted value has no end");
        }
        return value.toString();
    }

    private boolean word(String word) {
        spaces();
        int end = at + word.length();
        if (text.startsWith(word, at) && (end == text.length() || !ExpositionParser.isNamePart(text.charAt(end)))) {
            at = end;
            return true;
        }
        return false;
    }

    private boolean peek(char c) {
        spaces();
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean skip(char c) {
        if (peek(c)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new IllegalArgumentException(
                "column " + (at + 1) + ": expected " + expected + ", found " + HttpPage.excerpt(found));
    }
}
