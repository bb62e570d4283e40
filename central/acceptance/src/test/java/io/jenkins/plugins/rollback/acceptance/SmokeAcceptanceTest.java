package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.ClassRule;
import org.junit.Test;

/** The hpi of the Central build loads in a real Jenkins, without a word of warning, and survives a restart. */
public class SmokeAcceptanceTest {

    @ClassRule
    public static final JenkinsServer JENKINS = new JenkinsServer()
            .user("alice", "Overall/Read", "Job/Read", "Job/Build", "Rollback/View", "Rollback/Execute")
            .user("bob", "Overall/Read", "Job/Read", "Rollback/View", "Rollback/Approve");

    @Test
    public void loadsWithoutAWarning() throws IOException {
        assertThat(pluginState().path("active").asBoolean()).isTrue();
        assertThat(JENKINS.ourWarnings()).isEmpty();

        JENKINS.restart();

        assertThat(pluginState().path("active").asBoolean()).isTrue();
        assertThat(JENKINS.ourWarnings()).isEmpty();
    }

    @Test
    public void impliesNoDetachedPlugin() {
        assertThat(JENKINS.as("admin")
                        .script("print Jenkins.get().pluginManager.getPlugin('release-rollback')"
                                + ".dependencies.collect { it.shortName }.sort()"))
                .doesNotContain("javax-mail", "ant", "windows-slaves", "external-monitor-job")
                .contains("workflow-step-api");
    }

    @Test
    public void buildsAPipelineAndShowsItInABrowser() throws IOException {
        Build build = JENKINS.as("admin")
                .job("hello")
                .createPipeline("node { echo 'hello from a real Jenkins' }")
                .build();

        assertThat(build.waitForResult(Duration.ofMinutes(1))).isEqualTo("SUCCESS");
        assertThat(build.log()).contains("hello from a real Jenkins");
        assertThat(JENKINS.as("bob").post("job/hello/build", java.util.Map.of()).status())
                .isEqualTo(403);
        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS)) {
            Page page = browser.as("alice");
            page.navigate(build.path());
            assertThat(page.title()).contains("hello");
            assertThat(Files.size(browser.screenshot(page, "smoke.png"))).isGreaterThan(1000);
        }
    }

    private static JsonNode pluginState() {
        JsonNode plugins =
                JENKINS.as("admin").get("pluginManager/api/json?depth=1").json().get("plugins");
        for (JsonNode plugin : plugins) {
            if (plugin.get("shortName").asText().equals("release-rollback")) {
                return plugin;
            }
        }
        throw new AssertionError("the plugin is not there");
    }
}
