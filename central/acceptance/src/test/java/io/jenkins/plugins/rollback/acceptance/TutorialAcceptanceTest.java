package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the tutorial tells its reader to do, with the files that it shows; only the port is another. */
public class TutorialAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private Process production;
    private int port;

    @After
    public void endProduction() {
        if (production != null) {
            production.destroy();
        }
    }

    @Test
    public void theReaderSeesABadReleaseGoBack() throws Exception {
        Markdown page = Markdown.of("docs/tutorial/first-rollback.md");
        startProduction(page.shown("production.py"));
        String app = page.shown("app.json");
        GitRepository project = new GitRepository(folder.getRoot().toPath().resolve("greeter"))
                .commit(Map.of(
                        "app.json", app,
                        "build.sh", page.shown("build.sh"),
                        "deploy.sh", page.shown("deploy.sh").replace("8123", "" + port),
                        "rollback/canary.yaml", page.shown("rollback/canary.yaml"),
                        "Jenkinsfile", page.shown("Jenkinsfile")));
        Job job = JENKINS.as("admin").job("greeter").createFromGit(project.url());
        configure();

        Build good = job.build();
        assertThat(good.waitForResult(LIMIT)).as(good.log()).isEqualTo("SUCCESS");
        assertThat(serving()).isEqualTo("baseline: 1.0\ncanary: 1.0\n");

        project.commit(Map.of("app.json", app.replace("0.01", "0.2")));
        Build bad = job.build(Map.of("VERSION", "2.0"));
        Awaitility.await("2.0 has the canary's users").atMost(LIMIT).until(() -> serving()
                .equals("baseline: 1.0\ncanary: 2.0\n"));
        assertThat(bad.waitForResult(LIMIT)).as(bad.log()).isEqualTo("UNSTABLE");
        assertThat(serving()).isEqualTo("baseline: 1.0\ncanary: 1.0\n");
    }

    /** By the form, as the page says. */
    private void configure() {
        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS.server())) {
            Page page = browser.as("admin");
            ConfigurationForm form = new ConfigurationForm(page);
            form.open();
            form.add("environments", "name", Map.of("name", "production"));
            form.add(
                    "metricSources",
                    "id",
                    Map.of("id", "production", "kind", "scrape", "urls", "http://127.0.0.1:" + port + "/metrics"));
            form.add("claims", "service", Map.of("service", "greeter", "item", "greeter"));
            form.save();
            form.open();
            form.show("environments");
            Screenshots.take(page, "configuration", 1100);
        }
    }

    private void startProduction(String script) throws IOException {
        port = Programs.freePort();
        Path file = Files.writeString(folder.getRoot().toPath().resolve("production.py"), script);
        production = new ProcessBuilder("python3", file.toString(), "" + port)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.getRoot().toPath().resolve("production.log").toFile())
                .start();
        Awaitility.await("production answers")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> serving().equals("baseline: none\ncanary: none\n"));
    }

    private String serving() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
