package io.jenkins.plugins.rollback.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads Jenkins' log: a record is its first line, with time and level, and the lines of its stack trace. */
final class JenkinsLog {

    private static final Pattern START = Pattern.compile("^\\d{4}-\\d{2}-\\d{2} .*\\[id=\\d+]\\s+[A-Z]+\\s.*");
    private static final Pattern WARNING = Pattern.compile("\\[id=\\d+]\\s+(WARNING|SEVERE)\\s");

    private JenkinsLog() {}

    /** @return records of level WARNING or SEVERE that contain the word, in any case */
    static List<String> warningsAbout(String log, String word) {
        List<StringBuilder> records = new ArrayList<>();
        for (String line : log.lines().collect(Collectors.toList())) {
            if (records.isEmpty() || START.matcher(line).matches()) {
                records.add(new StringBuilder(line));
            } else {
                records.get(records.size() - 1).append('\n').append(line);
            }
        }
        return records.stream()
                .map(StringBuilder::toString)
                .filter(record -> WARNING.matcher(record).find())
                .filter(record -> record.toLowerCase(Locale.ROOT).contains(word))
                .collect(Collectors.toList());
    }
}
