package io.jenkins.plugins.rollback.engine.ledger.export;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Comma separated values, RFC 4180, safe to open in a spreadsheet: no cell is taken for a formula. */
final class Csv {

    /** What begins a formula in some spreadsheet program. */
    private static final String FORMULA = "=+-@\t\r\n|%";

    private Csv() {}

    /** A line, with its end; {@code null} is an empty cell. */
    static String line(Object... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        // a number of ours may be negative; everything else that could be computed is shown as the text that it is
        if (!(value instanceof Number) && isFormula(text)) {
            text = "'" + text;
        }
        boolean plain =
                text.equals(text.strip()) && text.chars().noneMatch(c -> c == ',' || c == ';' || c == '"' || c < ' ');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static boolean isFormula(String text) {
        String seen = text.isBlank() ? text : text.stripLeading(); // some programs look behind spaces
        return !text.isEmpty() && (FORMULA.indexOf(text.charAt(0)) >= 0 || FORMULA.indexOf(seen.charAt(0)) >= 0);
    }
}
