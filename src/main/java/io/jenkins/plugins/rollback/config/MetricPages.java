package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import io.jenkins.plugins.rollback.engine.metrics.vendor.ServerKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Addresses of metric servers as typed: one a line, labels as {@code name=value} before it. */
final class MetricPages {

    private MetricPages() {}

    static List<ScrapeSource.Page> of(String urls) {
        return lines(urls).stream().map(MetricPages::page).toList();
    }

    /** @return what is wrong with the addresses of a server, or {@code null} */
    static String problem(ServerKind kind, String urls) {
        List<String> all = lines(urls);
        if (all.isEmpty()) {
            return Messages.Checks_required();
        }
        if (kind != ServerKind.SCRAPE && (all.size() > 1 || all.get(0).matches(".*\\s.*"))) {
            return Messages.MetricSource_oneUrl();
        }
        try {
            return all.stream()
                    .map(line -> Checks.urlProblem(page(line).url()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static List<String> lines(String urls) {
        return urls == null
                ? List.of()
                : urls.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static ScrapeSource.Page page(String line) {
        String[] words = line.split("[,\\s]+");
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(0, words.length - 1)) {
            int equals = word.indexOf('=');
            if (!word.matches("[a-zA-Z_][a-zA-Z0-9_]*=.+")) {
                throw new IllegalArgumentException(Messages.MetricSource_label(word));
            }
            labels.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new ScrapeSource.Page(words[words.length - 1], labels);
    }
}
