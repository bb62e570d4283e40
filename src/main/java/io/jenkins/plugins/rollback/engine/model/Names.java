package io.jenkins.plugins.rollback.engine.model;

import java.util.regex.Pattern;

/**
 * The one rule for what a service, an environment, a version or any other id may be called.
 *
 * <p>Ids appear in URLs, file names, metric queries and log lines. Restricting them at the door removes a whole
 * family of faults (path escape, markup in views, forged log lines) everywhere behind it.
 */
public final class Names {

    /** Letters, digits, dot, underscore, plus and hyphen; starts with a letter or digit; at most 128 characters. */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

    private Names() {}

    /**
     * Returns {@code value} when it is a valid id.
     *
     * @param field what the value is for, as the user knows it, for example {@code service}
     * @throws InvalidNameException naming the field, the value and the rule
     */
    public static String require(String field, String value) {
        if (value == null || value.isEmpty()) {
            throw new InvalidNameException(field + " is missing");
        }
        if (!isValid(value)) {
            String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
            throw new InvalidNameException(field + " '" + shown.replaceAll("\\p{Cntrl}", "?")
                    + "' is not a valid name: expected a letter or digit, then up to 127 letters, digits, '.', '_',"
                    + " '+' or '-', without '..'");
        }
        return value;
    }

    /** Whether {@link #require} would accept the value. */
    public static boolean isValid(String value) {
        return value != null && ALLOWED.matcher(value).matches() && !value.contains("..");
    }
}
