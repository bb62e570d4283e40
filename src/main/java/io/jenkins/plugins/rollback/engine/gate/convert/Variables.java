package io.jenkins.plugins.rollback.engine.gate.convert;

import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a query template: what is known is put in, what names the scope becomes {@code $track}. */
final class Variables {

    /** {@code ${scope}} of Kayenta. */
    static final Pattern KAYENTA = Pattern.compile("\\$\\{\\s*([A-Za-z0-9_.-]+)\\s*\\}");

    /** {@code {{args.service-name}}} of Argo Rollouts. */
    static final Pattern ARGO = Pattern.compile("\\{\\{\\s*args\\.([A-Za-z0-9_.-]+)\\s*\\}\\}");

    /** {@code {{ target }}} of Flagger. */
    static final Pattern FLAGGER = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]+)\\s*\\}\\}");

    private Variables() {}

    /**
     * Puts values in.
     *
     * @param values by name; {@link MetricQuery#TRACK} is a value like any other
     * @param unknown gets the names of those that have no value; they stay as they are
     */
    static String filled(String query, Pattern form, Map<String, String> values, List<String> unknown) {
        Matcher variable = form.matcher(query);
        StringBuilder filled = new StringBuilder();
        while (variable.find()) {
            String value = values.get(variable.group(1));
            if (value == null && !unknown.contains(variable.group(1))) {
                unknown.add(variable.group(1));
            }
            variable.appendReplacement(filled, Matcher.quoteReplacement(value == null ? variable.group() : value));
        }
        return variable.appendTail(filled).toString();
    }

    /** The same, noting what has no value as lost from a field. */
    static String filled(Fields from, String key, String query, Pattern form, Map<String, String> values) {
        List<String> unknown = new ArrayList<>();
        String filled = filled(query, form, values, unknown);
        if (!unknown.isEmpty()) {
            from.lose(
                    key,
                    "the value of " + String.join(", ", unknown) + " is not known here; it still stands in the"
                            + " query and has to be put in");
        }
        return filled;
    }
}
