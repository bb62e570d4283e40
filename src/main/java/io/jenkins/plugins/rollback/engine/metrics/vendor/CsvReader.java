package io.jenkins.plugins.rollback.engine.metrics.vendor;

import java.util.ArrayList;
import java.util.List;

/** Comma separated values as RFC 4180 has them: quoted cells may hold commas, line ends and doubled quotes. */
final class CsvReader {

    private CsvReader() {}

    /** The lines, each with at least one cell; an empty line has one empty cell. */
    static List<List<String>> read(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean quote = c == '"';
            if (quoted && quote && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (quote) {
                quoted = !quoted;
            } else if (quoted || c != ',' && c != '\n' && c != '\r') {
                cell.append(c);
            } else if (c != '\r') {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            }
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }
}
