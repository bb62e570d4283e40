package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions that people mean by {@code >=2.1 <3}, {@code 2.*}, {@code 1.4.2} or {@code <2 || >=2.5}: conditions separated by
 * blanks must all hold, groups separated by {@code ||} are alternatives, {@code *} is any version. Immutable.
 */
public final class VersionRange {

    private static final Pattern CONDITION = Pattern.compile("(>=|<=|>|<|=)?([A-Za-z0-9][A-Za-z0-9._+-]*)");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\.\\*");

    private record Condition(String sign, String version) {

        boolean holds(String candidate) {
            if (sign.equals("*")) {
                return version.isEmpty()
                        || candidate.equals(version)
                        || candidate.startsWith(version + ".")
                        || candidate.startsWith(version + "-");
            }
            int order = VersionOrder.INSTANCE.compare(candidate, version);
            return switch (sign) {
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        }
    }

    private final String text;
    private final List<List<Condition>> alternatives;

    private VersionRange(String text, List<List<Condition>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** @throws IllegalArgumentException saying what a range looks like */
    public static VersionRange parse(String text) {
        List<List<Condition>> alternatives = new ArrayList<>();
        for (String group : text.split("\\|\\|", -1)) {
            List<Condition> conditions = new ArrayList<>();
            // a blank between the sign and its version is forgiven
            for (String word : group.strip().replaceAll("([<>=])\\s+", "$1").split("\\s+")) {
                conditions.add(condition(text, word));
            }
            alternatives.add(List.copyOf(conditions));
        }
        return new VersionRange(text, List.copyOf(alternatives));
    }

    private static Condition condition(String text, String word) {
        if (word.equals("*")) {
            return new Condition("*", "");
        }
        Matcher prefix = PREFIX.matcher(word);
        if (prefix.matches()) {
            return new Condition("*", prefix.group(1));
        }
        Matcher condition = CONDITION.matcher(word);
        if (!condition.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no range of versions; expected for example '>=2.1 <3', '2.*', '1.4.2' or '<2 || >=2.5'");
        }
        return new Condition(condition.group(1) == null ? "=" : condition.group(1), condition.group(2));
    }

    /** Whether a version is one of them. */
    public boolean contains(String version) {
        return alternatives.stream()
                .anyMatch(conditions -> conditions.stream().allMatch(condition -> condition.holds(version)));
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
