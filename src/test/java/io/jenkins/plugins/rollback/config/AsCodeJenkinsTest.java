package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** Every setting in and out as code. */
public class AsCodeJenkinsTest {

    @Rule
    public final JenkinsConfiguredWithCodeRule jenkins = new JenkinsConfiguredWithCodeRule();

    @Test
    @ConfiguredWithCode("release-rollback.yaml")
    public void isReadAsWritten() {
        ConfigurationJenkinsTest.assertFilled(RollbackConfiguration.get());
    }

    @Test
    @ConfiguredWithCode("release-rollback.yaml")
    public void whatIsExportedGivesTheSameAgain() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String yaml = out.toString(StandardCharsets.UTF_8);
        int start = yaml.indexOf("  releaseRollback:");
        assertThat(start).as(yaml).isPositive();
        int end = yaml.indexOf("\n  ", start + 3);
        while (end > 0 && yaml.startsWith("\n   ", end)) {
            end = yaml.indexOf("\n  ", end + 3);
        }
        java.nio.file.Path file = java.nio.file.Files.createTempFile("exported", ".yaml");
        java.nio.file.Files.writeString(
                file, "unclassified:\n" + yaml.substring(start, end < 0 ? yaml.indexOf("\ntool", start) : end) + "\n");
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setWebhookEndpoints(List.of());
        configuration.setClaims(List.of());
        ConfigurationAsCode.get().configure(file.toString());
        ConfigurationJenkinsTest.assertFilled(configuration);
    }

    @Test
    public void theScheduleOfTheManualIsTaken() throws Exception {
        configureAsIn("docs/how-to/retention.md");
        assertThat(RollbackConfiguration.get().retentionPolicy().periods()).hasSize(4);
    }

    @Test
    public void theRulesOfTheManualAreTaken() throws Exception {
        configureAsIn("docs/how-to/retain.md");
        assertThat(RollbackConfiguration.get().releasePolicy().rules()).hasSize(3);
    }

    @Test
    public void theEndpointsOfTheManualAreTaken() throws Exception {
        configureAsIn("docs/how-to/webhook.md");
        assertThat(RollbackConfiguration.get().getWebhookEndpoints())
                .extracting(endpoint -> endpoint.getFormat().name() + " "
                        + endpoint.getAuthentication().name())
                .containsExactly("PLAIN SIGNED", "GRAFANA VENDOR", "MAPPED HEADER");
    }

    @Test
    public void theMetricSourcesOfTheManualAreTaken() throws Exception {
        configureAsIn("docs/reference/metric-sources.md");
        List<MetricSourceConfig> sources = RollbackConfiguration.get().getMetricSources();
        assertThat(sources).hasSize(11);
        assertThat(sources)
                .extracting(MetricSourceConfig::getKind)
                .contains("graphite", "influxql", "flux", "datadog", "newrelic", "cloudwatch", "google", "dynatrace");
        assertThat(sources.get(10).getUrls()).contains("?name=$query&from=$from");
    }

    @Test
    public void theReleaseStoreOfTheManualIsTaken() throws Exception {
        configureAsIn("docs/how-to/retain.md", "## A second place, or another one");
        ReleaseStoreConfig store = RollbackConfiguration.get().getReleaseStore();
        assertThat(store.getKind()).isEqualTo("s3");
        assertThat(store.getLocation()).isEqualTo("releases/jenkins-1");
        assertThat(store.getUse()).isEqualTo("mirror");
        assertThat(store.getEncryption()).isEqualTo("aws:kms");
    }

    private static void configureAsIn(String document) throws Exception {
        configureAsIn(document, "# ");
    }

    private static void configureAsIn(String document, String heading) throws Exception {
        java.nio.file.Path up = java.nio.file.Path.of("").toAbsolutePath();
        while (!java.nio.file.Files.exists(up.resolve(document))) {
            up = up.getParent();
        }
        String page = java.nio.file.Files.readString(up.resolve(document));
        int from = page.indexOf("```yaml\n", page.indexOf(heading)) + "```yaml\n".length();
        java.nio.file.Path file = java.nio.file.Files.createTempFile("manual", ".yaml");
        java.nio.file.Files.writeString(file, page.substring(from, page.indexOf("```", from)));
        ConfigurationAsCode.get().configure(file.toString());
    }

    @Test
    public void nonsenseIsRefusedWithTheReason() {
        String wrong = getClass().getResource("wrong.yaml").toExternalForm();
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(wrong))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("two entries for environment 'production'");
    }
}
