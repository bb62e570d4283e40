package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One condition of a service level objective as Keptn writes them: {@code <600}, {@code <=+10%}, {@code >=-5}. With a sign
 * the number is a change against the baseline, with {@code %} a relative one.
 *
 * @param comparison one of {@code <}, {@code <=}, {@code =}, {@code >=}, {@code >}
 * @param number with its sign; percent where {@code percent}
 * @param relative whether it is a change against the baseline
 * @param percent whether the change is a percentage
 */
public record SloCriterion(String comparison, double number, boolean relative, boolean percent) {

    private static final Pattern FORM = Pattern.compile("(<=|<|=|>=|>)\\s*([+-]?)\\s*(\\d+(?:\\.\\d+)?)\\s*(%?)");

    /** Reads a criterion; empty when it is none. A percentage without a sign is an increase, as in Keptn. */
    public static Optional<SloCriterion> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean percent = !form.group(4).isEmpty();
        double number = Double.parseDouble(form.group(3));
        return Optional.of(new SloCriterion(
                form.group(1),
                form.group(2).equals("-") ? -number : number,
                percent || !form.group(2).isEmpty(),
                percent));
    }

    /**
     * Whether it holds.
     *
     * @param value of the indicator
     * @param baseline what a relative condition is compared with; NaN when there is nothing, and then it holds
     */
    public boolean holds(double value, double baseline) {
        if (relative && Double.isNaN(baseline)) {
            return true;
        }
        double target = !relative ? number : percent ? baseline * (1 + number / 100) : baseline + number;
        return switch (comparison) {
            case "<" -> value < target;
            case "<=" -> value <= target;
            case "=" -> Double.compare(value, target) == 0;
            case ">=" -> value >= target;
            default -> value > target;
        };
    }
}
