package io.jenkins.plugins.rollback.engine.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Numbers, durations and words of a {@link YamlTree}; what is wrong is noted there and the default returned. */
public final class YamlValues {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(60);

    private final YamlTree tree;

    public YamlValues(YamlTree tree) {
        this.tree = tree;
    }

    /** A number of a range, both ends included; {@code node} may be null, then it is the default. */
    public double number(Node node, String key, double byDefault, double least, double most, boolean whole) {
        String text = node == null ? null : tree.text(node, key);
        if (text == null) {
            return byDefault;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        boolean fits = value >= least && value <= most && (!whole || value == Math.rint(value));
        // Java also reads "0x1p3" and "1d", which nobody means
        if (!fits || !text.matches("[-+0-9.eE_]+")) {
            String range = most == Double.MAX_VALUE
                    ? "at least " + plain(least)
                    : "from " + plain(least) + " to " + plain(most);
            tree.problem(
                    node,
                    key + " must be a " + (whole ? "whole " : "") + "number " + range + ", not '"
                            + YamlTree.shorten(text) + "'");
            return byDefault;
        }
        return value;
    }

    /** A number between 0 and 1, both excluded. */
    public double probability(Node node, String key, double byDefault) {
        double value = number(node, key, byDefault, 0, 1, false);
        if (value <= 0 || value >= 1) {
            tree.problem(node, key + " must lie between 0 and 1, both excluded");
            return byDefault;
        }
        return value;
    }

    /** A duration such as {@code 30s}, {@code 1h30m} or {@code 2d}, up to 60 days. */
    public Duration duration(Node node, String key, Duration byDefault, Duration least) {
        String text = node == null ? null : tree.text(node, key);
        if (text == null) {
            return byDefault;
        }
        Duration sum = Duration.ZERO;
        Matcher matcher = DURATION.matcher(text);
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            long amount = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
            at = matcher.end();
        }
        boolean nothing = text.equals("0");
        if (!nothing && (at == 0 || at < text.length())) {
            tree.problem(
                    node, key + " must be a duration such as 30s, 1m or 24h, not '" + YamlTree.shorten(text) + "'");
            return byDefault;
        }
        if (sum.compareTo(least) < 0 || sum.compareTo(LONGEST) > 0) {
            tree.problem(
                    node,
                    key + " must be from " + least.toSeconds() + "s to " + LONGEST.toDays() + "d, not '"
                            + YamlTree.shorten(text) + "'");
            return byDefault;
        }
        return sum;
    }

    /** One of the known words, or the default with a problem noted. */
    public String word(Node node, String key, String byDefault, List<String> known) {
        String text = node == null ? null : tree.text(node, key);
        if (text == null) {
            return byDefault;
        }
        if (!known.contains(text)) {
            tree.problem(
                    node,
                    key + " must be one of " + String.join(", ", known) + ", not '" + YamlTree.shorten(text) + "'");
            return byDefault;
        }
        return text;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(Node node, String key, boolean byDefault) {
        return Boolean.parseBoolean(word(node, key, String.valueOf(byDefault), List.of("true", "false")));
    }

    /** A number as people write it, without an exponent. */
    public static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
