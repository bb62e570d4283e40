package io.jenkins.plugins.rollback.engine.gate.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argo Rollouts' conditions as limits: comparisons of the result with numbers, joined by {@code &&}, or all by {@code ||},
 * which is the opposite of the opposites joined by {@code &&}. Anything else needs an expression language and is refused.
 */
final class Conditions {

    private static final String RESULT = "(?:float\\(|asFloat\\()?result(?:\\[0\\])?\\)?";
    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)";
    private static final Pattern PLAIN = Pattern.compile("(" + RESULT + ")\\s*(<=|<|>=|>|==)\\s*" + NUMBER);
    private static final Pattern TURNED = Pattern.compile(NUMBER + "\\s*(<=|<|>=|>|==)\\s*(" + RESULT + ")");

    private Conditions() {}

    /**
     * What a condition says.
     *
     * @param limits in the words of the analysis file
     * @param opposite whether they are the limits of what the condition is <em>not</em> true of
     */
    record Limits(Map<String, Object> limits, boolean opposite) {}

    /** The limits of a condition, empty when it is more than comparisons. */
    static Optional<Limits> read(String condition) {
        String text = condition.strip();
        boolean opposite = text.contains("||");
        if (opposite && text.contains("&&")) {
            return Optional.empty();
        }
        Map<String, Object> limits = new LinkedHashMap<>();
        for (String part : text.split(opposite ? "\\|\\|" : "&&", -1)) {
            if (!add(limits, unwrapped(part.strip()), opposite)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Limits(limits, opposite));
    }

    private static String unwrapped(String part) {
        return part.startsWith("(") && part.endsWith(")")
                ? part.substring(1, part.length() - 1).strip()
                : part;
    }

    private static boolean add(Map<String, Object> limits, String part, boolean opposite) {
        Matcher plain = PLAIN.matcher(part);
        Matcher turned = TURNED.matcher(part);
        String comparison;
        double number;
        if (plain.matches()) {
            comparison = plain.group(2);
            number = Double.parseDouble(plain.group(3));
        } else if (turned.matches()) {
            comparison = turned(turned.group(2));
            number = Double.parseDouble(turned.group(1));
        } else {
            return false;
        }
        Object value = Draft.plain(number);
        if (comparison.equals("==")) {
            // the opposite of one number is two ranges
            return !opposite && limits.put("min", value) == null && limits.put("max", value) == null;
        }
        String key =
                switch (comparison) {
                    case ">=" -> opposite ? "below" : "min";
                    case "<=" -> opposite ? "above" : "max";
                    case ">" -> opposite ? "max" : "above";
                    default -> opposite ? "min" : "below";
                };
        return limits.put(key, value) == null;
    }

    private static String turned(String comparison) {
        return switch (comparison) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> comparison;
        };
    }
}
