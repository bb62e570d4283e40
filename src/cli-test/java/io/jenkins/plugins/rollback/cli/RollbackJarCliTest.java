package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The jar that is delivered, as a process of its own. Runs after packaging. */
public class RollbackJarCliTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private int status;
    private String out;
    private String err;

    private void run(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "rollback.jar").toAbsolutePath().toString()));
        command.addAll(List.of(args));
        Path said = folder.newFile().toPath();
        Path complained = folder.newFile().toPath();
        status = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile())
                .start()
                .waitFor();
        out = Files.readString(said, StandardCharsets.UTF_8);
        err = Files.readString(complained, StandardCharsets.UTF_8);
    }

    @Test
    public void rehearsesTheMainJobWithJsonAloneOnStandardOutput() throws Exception {
        Path report = folder.getRoot().toPath().resolve("report");

        run("drill", "--seed", "3", "--json", "--report", report.toString());

        assertThat(status).as(err).isZero();
        JsonNode json = new ObjectMapper().readTree(out);
        assertThat(json.at("/gate/verdict").asText()).isEqualTo("FAIL");
        assertThat(json.at("/rollback/outcome").asText()).isEqualTo("DONE");
        assertThat(json.at("/verification/verdict").asText()).isEqualTo("PASS");
        assertThat(json.at("/ledger/ok").asBoolean()).isTrue();
        assertThat(new ObjectMapper().readTree(report.resolve("report.json").toFile()))
                .isEqualTo(json);
        assertThat(report.resolve("report.html")).content().contains("Rollback drill: bad-canary");
    }

    @Test
    public void knowsItsVersionAndSaysWhatIsWrongInOneLine() throws Exception {
        run("--version");
        assertThat(out).startsWith("rollback 0.");
        run("drill", "--scenario", "worst");
        assertThat(status).isEqualTo(2);
        assertThat(err).hasLineCount(1);
        assertThat(out).isEmpty();
    }
}
