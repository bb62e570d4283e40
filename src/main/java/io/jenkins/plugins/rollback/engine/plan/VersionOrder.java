package io.jenkins.plugins.rollback.engine.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two versions is newer, for whatever people call versions: numbers compare as numbers, words as text, and a word
 * after a hyphen makes it older than without (Semantic Versioning 2.0.0, section 11: {@code 2.0.0-rc.1} is before {@code
 * 2.0.0}). What follows a plus sign does not count. {@code 1.4} and {@code 1.4.0} are the same.
 */
public final class VersionOrder implements Comparator<String> {

    /** The only one there is: it has no state. */
    public static final VersionOrder INSTANCE = new VersionOrder();

    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+");

    private VersionOrder() {}

    @Override
    public int compare(String one, String other) {
        String[] first = split(one);
        String[] second = split(other);
        int byRelease = parts(first[0], second[0]);
        if (byRelease != 0) {
            return byRelease;
        }
        if (first[1].isEmpty() || second[1].isEmpty()) {
            return Boolean.compare(first[1].isEmpty(), second[1].isEmpty());
        }
        return parts(first[1], second[1]);
    }

    /** What is released, and what stands after the first hyphen. */
    private static String[] split(String version) {
        int plus = version.indexOf('+');
        String counted = plus < 0 ? version : version.substring(0, plus);
        int hyphen = counted.indexOf('-');
        return hyphen < 0
                ? new String[] {counted, ""}
                : new String[] {counted.substring(0, hyphen), counted.substring(hyphen + 1)};
    }

    private static int parts(String one, String other) {
        List<String> first = list(one);
        List<String> second = list(other);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            int order = part(i < first.size() ? first.get(i) : "0", i < second.size() ? second.get(i) : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }

    private static int part(String one, String other) {
        boolean firstNumber = Character.isDigit(one.charAt(0));
        boolean secondNumber = Character.isDigit(other.charAt(0));
        if (firstNumber && secondNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return firstNumber == secondNumber ? one.compareTo(other) : firstNumber ? -1 : 1;
    }
}
