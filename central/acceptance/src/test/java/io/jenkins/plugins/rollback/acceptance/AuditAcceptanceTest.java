package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.ClassRule;
import org.junit.Test;

/** An auditor's way: search, look at an entry, take an export away, and verify it without anything of ours. */
public class AuditAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Test
    public void whatIsFoundCanBeTakenAwayAndVerified() throws Exception {
        DemoProject project = new DemoProject(JENKINS, "ledgers").set("ledgers").deployed("1.0");
        JsonNode found = JENKINS.as("eve")
                .get("rollback-audit/api/json?service=" + project.service() + "&kind=deployment")
                .json()
                .path("entries");
        assertThat(found).hasSize(2);
        assertThat(found.get(0).path("kind").asText()).isEqualTo("deployment.succeeded");
        assertThat(found.get(1).path("who").asText()).isEqualTo("alice");

        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS.server())) {
            Page reader = browser.as("eve");
            reader.navigate("rollback-audit/?service=ledgers");
            assertThat(reader.innerText("#audit-entries")).contains("deployment.succeeded");
            assertThat(reader.locator("#audit-export").count())
                    .as("eve may not export")
                    .isZero();

            Page auditor = browser.as("admin");
            auditor.navigate("rollback-audit/?service=ledgers");
            Download download = auditor.waitForDownload(() -> auditor.click("#audit-export button"));
            Path zip = Files.createTempDirectory("audit").resolve(download.suggestedFilename());
            download.saveAs(zip);

            Path key = JENKINS.server().home().resolve("release-rollback/ledger/vkey");
            assertThat(python(zip, key)).matches("OK: \\d+ entries of \\d+");
            auditor.navigate("rollback-audit/?kind=export");
            assertThat(auditor.innerText("#audit-entries")).contains("export").contains("admin");
        }
    }

    private static String python(Path zip, Path key) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("python3", "../../docs/verify_ledger.py", zip.toString(), key.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.strip() + (process.waitFor() == 0 ? "" : " (" + process.exitValue() + ")");
    }
}
