package io.jenkins.plugins.rollback.engine.trigger.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertMapping;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Test;

public class SenderSetupTest {

    private static final String URL = "https://jenkins.example.org/release-rollback/webhook/alerts";
    private static final Target TARGET = new Target("checkout", "production");

    private static String text(AlertFormat format, Authentication authentication, String header) {
        return SenderSetup.of(format, authentication, URL, header).stream()
                .map(step -> step.text() + "\n" + step.snippet())
                .collect(Collectors.joining("\n"));
    }

    @Test
    public void everySenderHasStepsWithItsAddress() {
        for (AlertFormat format : AlertFormat.values()) {
            for (Authentication authentication : Authentication.values()) {
                assertThat(text(format, authentication, null))
                        .as(format + " " + authentication)
                        .contains(URL);
            }
        }
    }

    @Test
    public void theTokenStandsInTheHeaderThatTheEndpointReads() {
        assertThat(text(AlertFormat.DATADOG, Authentication.HEADER, "X-My-Token"))
                .contains("{\"X-My-Token\": \"<secret>\"}");
        assertThat(text(AlertFormat.OPSGENIE, Authentication.BEARER, "X-My-Token"))
                .contains("Authorization: Bearer <secret>")
                .doesNotContain("X-My-Token");
        assertThat(text(AlertFormat.ALERTMANAGER, Authentication.HEADER, "X-My-Token"))
                .contains("        X-My-Token:\n");
        assertThat(text(AlertFormat.PLAIN, Authentication.BEARER, null))
                .contains("Authorization: Bearer <secret>")
                .doesNotContain("openssl");
        assertThat(text(AlertFormat.ALERTMANAGER, Authentication.SIGNED, null)).contains("cannot make our signature");
        assertThat(text(AlertFormat.GITHUB, Authentication.VENDOR, null)).doesNotContain("Custom header");
    }

    @Test
    public void theHowToSaysTheSame() throws Exception {
        Path howTo = Path.of("docs/how-to/webhook.md");
        String docs =
                Files.readString(Files.exists(howTo) ? howTo : Path.of("../..").resolve(howTo));
        for (String snippet : List.of(
                String.format(Snippets.ALERTMANAGER, URL), Snippets.DATADOG, Snippets.NEW_RELIC, Snippets.DYNATRACE)) {
            assertThat(docs).contains(snippet);
        }
        String script = String.format(Snippets.SCRIPT, "s", URL, "b");
        assertThat(docs).contains(script.substring(script.indexOf("t=$(date")));
    }

    @Test
    public void everySampleIsAnAlertOfItsSender() throws Exception {
        Instant now = Instant.parse("2026-11-22T08:00:00.123Z");
        AlertMapping mapping =
                AlertMapping.parse("service=$.service\nenvironment=$.environment\nstate=$.state\nfiring=firing");
        for (AlertFormat format : AlertFormat.values()) {
            byte[] body = SampleAlert.of(format, TARGET, now).getBytes(StandardCharsets.UTF_8);
            assertThat(new AlertParser(format, mapping, null, null).parse(body).alerts())
                    .as(format.name())
                    .singleElement()
                    .satisfies(alert -> {
                        assertThat(alert.target()).isEqualTo(TARGET);
                        assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
                        assertThat(alert.at()).isIn(null, Instant.parse("2026-11-22T08:00:00Z"));
                    });
        }
    }
}
