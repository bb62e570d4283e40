package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** What {@code docs/reference/analysis-file.md} says is what the parser takes. */
public class AnalysisReferenceTest {

    /** A row of a table, as far as the keys that it describes: several may share one. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*`) \\|");

    private static Path docs() {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve("docs/reference/analysis-file.md"))) {
            up = up.getParent();
        }
        return up.resolve("docs");
    }

    @Test
    public void everyExampleIsRead() throws Exception {
        int read = 0;
        try (Stream<Path> pages = Files.walk(docs())) {
            for (Path page : pages.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Matcher block = Pattern.compile("(?ms)^```yaml\\n(.*?)^```").matcher(Files.readString(page));
                while (block.find()) {
                    if (block.group(1).startsWith("analysis:")) {
                        Analysis.parse(block.group(1), page.getFileName().toString());
                        read++;
                    }
                }
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(2);
    }

    @Test
    public void everyKeyIsDescribedAndNothingElse() throws Exception {
        String page = Files.readString(docs().resolve("reference/analysis-file.md"));
        Set<String> keys = new TreeSet<>(AnalysisParser.KEYS);
        keys.addAll(AnalysisParser.METRIC_KEYS);
        keys.addAll(BaselineKeys.KEYS);
        keys.addAll(KayentaKeys.KEYS);
        keys.addAll(KayentaKeys.METRIC_KEYS);
        keys.addAll(ThresholdKeys.KEYS);
        keys.addAll(ThresholdKeys.METRIC_KEYS);
        keys.addAll(ThresholdKeys.RANGE_KEYS);
        keys.addAll(SloKeys.KEYS);
        keys.addAll(SloKeys.METRIC_KEYS);
        List<String> described = new ArrayList<>();
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            described.addAll(
                    List.of(row.group(1).replace("`", "").replace(" ", "").split(",")));
        }
        // the judges' own mappings have sections instead of rows; one row of another table begins with a key, too
        keys.removeAll(JudgeKeys.WORDS);
        described.remove("badhasnoseries");
        assertThat(described).containsAll(keys);
        assertThat(keys).containsAll(described);
    }
}
