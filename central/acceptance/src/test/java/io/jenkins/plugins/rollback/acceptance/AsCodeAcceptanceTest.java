package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Jenkins that starts with the file that the documentation shows, and that is set up by nothing else. */
public class AsCodeAcceptanceTest {

    /** What an export leaves out, because it says what holds anyway. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "quorum",
            1,
            "requesterMayApprove",
            false,
            "expiryMinutes",
            1440,
            "rule",
            "PROPOSE",
            "format",
            "PLAIN",
            "authentication",
            "SIGNED",
            "requestsPerMinute",
            0,
            "delaySeconds",
            0);

    private static final String SHOWN = shown();

    @ClassRule
    public static final JenkinsServer JENKINS = new JenkinsServer().casc(SHOWN);

    @Test
    public void theExportSaysWhatTheFileSays() {
        String export = JENKINS.as("admin")
                .post("configuration-as-code/export", Map.of())
                .ok()
                .body();
        assertThat(normal(settings(export))).isEqualTo(normal(settings(SHOWN)));
    }

    @Test
    public void whatTheFileSaysHolds() {
        JenkinsClient admin = JENKINS.as("admin");
        Build somewhere = admin.job("somewhere")
                .createPipeline("node { writeFile file: 'a', text: 'a'; retainRelease service: 'checkout',"
                        + " environment: 'somewhere', version: '1', artifacts: 'a' }")
                .build();
        assertThat(somewhere.waitForResult(Duration.ofMinutes(1))).isEqualTo("FAILURE");
        assertThat(somewhere.log()).contains("unknown environment 'somewhere'; known: production, staging");
        Build stranger = admin.job("stranger")
                .createPipeline("node { writeFile file: 'a', text: 'a'; retainRelease service: 'checkout',"
                        + " environment: 'production', version: '1', artifacts: 'a' }")
                .build();
        assertThat(stranger.waitForResult(Duration.ofMinutes(1))).isEqualTo("FAILURE");
        assertThat(stranger.log()).contains("'stranger' does not speak for service 'checkout'");
    }

    private static String shown() {
        try {
            return Markdown.of("docs/how-to/configure.md").after("## As code");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object settings(String yaml) {
        Map<String, Map<String, Object>> all = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return all.get("unclassified").get("releaseRollback");
    }

    /** The same without what is the default and without spaces at the ends of texts. */
    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> result = new LinkedHashMap<>();
            map.forEach((key, its) -> {
                if (!its.equals(DEFAULTS.get(key))) {
                    result.put(key, normal(its));
                }
            });
            return result;
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(item -> result.add(normal(item)));
            return result;
        }
        return value instanceof String text ? text.trim() : value;
    }
}
