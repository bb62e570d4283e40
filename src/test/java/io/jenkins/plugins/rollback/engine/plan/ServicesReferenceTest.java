package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** What {@code docs/reference/services-file.md} says is what the parser takes. */
public class ServicesReferenceTest {

    private static String page() throws Exception {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve("docs/reference/services-file.md"))) {
            up = up.getParent();
        }
        return Files.readString(up.resolve("docs/reference/services-file.md"));
    }

    @Test
    public void theExampleIsReadAndCanGoBack() throws Exception {
        Matcher block = Pattern.compile("(?ms)^```yaml\\n(.*?)^```").matcher(page());
        assertThat(block.find()).isTrue();
        ServiceGraph graph = ServiceGraph.parse(block.group(1), "services.yaml");
        Assessment assessment = Assessor.assess(graph, "checkout", null, null);
        assertThat(assessment.isBlocked()).isFalse();
        assertThat(assessment.waves()).hasSize(1);
    }

    @Test
    public void everyKeyIsDescribedAndNothingElse() throws Exception {
        String table = page();
        table = table.substring(table.indexOf("| key |"), table.indexOf("## Which versions"));
        List<String> described = new ArrayList<>();
        Matcher row = Pattern.compile("(?m)^\\| (`[^|]*`) \\|").matcher(table);
        while (row.find()) {
            described.addAll(
                    List.of(row.group(1).replace("`", "").replace(" ", "").split(",")));
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(ServicesParser.KEYS);
    }
}
