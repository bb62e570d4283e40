package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** What the pages about the services file say is what the parser takes and the report prints. */
public class ServicesReferenceTest {

    private static String page(String name) throws Exception {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve("docs").resolve(name))) {
            up = up.getParent();
        }
        return Files.readString(up.resolve("docs").resolve(name));
    }

    private static ServiceGraph example(String page) throws Exception {
        Matcher block = Pattern.compile("(?ms)^```yaml\\n(.*?)^```").matcher(page(page));
        assertThat(block.find()).isTrue();
        return ServiceGraph.parse(block.group(1), "services.yaml");
    }

    @Test
    public void theHowToShowsWhatIsPrinted() throws Exception {
        Assessment assessment = Assessor.assess(example("how-to/assess.md"), "payments", null, null);
        assertThat(page("how-to/assess.md")).contains(String.join("\n", new AssessmentReport(assessment).lines()));
    }

    @Test
    public void theExampleIsReadAndCanGoBack() throws Exception {
        ServiceGraph graph = example("reference/services-file.md");
        Assessment assessment = Assessor.assess(graph, "checkout", null, null);
        assertThat(assessment.isBlocked()).isFalse();
        assertThat(assessment.waves()).hasSize(1);
    }

    @Test
    public void everyKeyIsDescribedAndNothingElse() throws Exception {
        String table = page("reference/services-file.md");
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
