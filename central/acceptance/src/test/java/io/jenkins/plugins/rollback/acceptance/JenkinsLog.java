package io.jenkins.plugins.rollback.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads Jenkins' log: a record is its first line, with time and level, and the lines of its stack trace. */
final class JenkinsLog {

    private static final Pattern START = Pattern.compile("^\\d{4}-\\d{2}-\\d{2} .*\\[id=\\d+]\\s+[A-Z]+\\s.*");
    private static final Pattern WARNING = Pattern.compile("\\[id=\\d+]\\s+(WARNING|SEVERE)\\s");

    /** The name of the plugin, or the package of its classes, which the log shortens to fit its columns. */
    private static final Pattern OURS =
            Pattern.compile("rollback|\\bio?\\.j(enkins)?\\.p(lugins)?\\.r(ollback)?\\.", Pattern.CASE_INSENSITIVE);

    private JenkinsLog() {}

    /**
     * @param log all of it
     * @return records of level WARNING or SEVERE that this plugin wrote or that mention it
     * @throws IllegalStateException when nothing in the text looks like a record: then nothing would ever be found
     */
    static List<String> ourWarnings(String log) {
        List<StringBuilder> records = new ArrayList<>();
        for (String line : log.lines().collect(Collectors.toList())) {
            if (records.isEmpty() || START.matcher(line).matches()) {
                records.add(new StringBuilder(line));
            } else {
                records.get(records.size() - 1).append('\n').append(line);
            }
        }
        if (records.stream().noneMatch(record -> START.matcher(record).lookingAt())) {
            throw new IllegalStateException("the log has another format: " + log);
        }
        return records.stream()
                .map(StringBuilder::toString)
                .filter(record -> WARNING.matcher(record).find())
                .filter(record -> OURS.matcher(record).find())
                .collect(Collectors.toList());
    }
}
