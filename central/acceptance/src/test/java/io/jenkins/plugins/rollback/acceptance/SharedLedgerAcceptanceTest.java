package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;

/** Two controllers with one ledger: one lease for both, whoever is killed, and one history, whatever goes away. */
public class SharedLedgerAcceptanceTest {

    @ClassRule
    public static final TwoControllers BOTH = new TwoControllers();

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Deploys, and waits in the middle for a file to appear. */
    private static final String JENKINSFILE = String.join(
            "\n",
            "node {",
            "    writeFile file: 'app', text: params.VERSION",
            "    retainRelease service: 'shop', environment: 'production', version: params.VERSION, artifacts: 'app'",
            "}",
            "deployRelease(service: 'shop', environment: 'production', version: params.VERSION) {",
            "    node { waitUntil(initialRecurrencePeriod: 250, quiet: true) { fileExists(params.GO) } }",
            "    echo \"deployed ${params.VERSION}\"",
            "}",
            "");

    /** Only what is said about the database, by us or by its pool of connections, may have been a warning. */
    @After
    public void nothingElseIsWrong() throws IOException {
        for (JenkinsServer server : new JenkinsServer[] {BOTH.one(), BOTH.two()}) {
            assertThat(server.ourWarnings())
                    .map(warning -> warning.lines().findFirst().orElse(""))
                    .allMatch(line -> line.contains("PostgreSQL at ") || line.contains("hikari.pool"));
        }
    }

    private static Build deploy(JenkinsServer server, String version, Path go) {
        return server.as("admin")
                .job("shop")
                .createPipeline(JENKINSFILE, "VERSION", "GO")
                .build(Map.of("VERSION", version, "GO", go.toString()));
    }

    private static void succeeds(Build build) {
        String result = build.waitForResult(LIMIT);
        assertThat(result).as(build.log()).isEqualTo("SUCCESS");
    }

    private static JsonNode found(JenkinsServer server, String search) {
        return server.as("admin")
                .get("rollback-audit/api/json?" + search)
                .json()
                .path("entries");
    }

    private static void awaitFound(JenkinsServer server, String search, int entries) {
        Awaitility.await(search).atMost(LIMIT).untilAsserted(() -> assertThat(found(server, search))
                .hasSize(entries));
    }

    private static String manage(JenkinsServer server) {
        return server.as("admin").get("manage/").ok().body();
    }

    @Test
    public void oneHistory() throws Exception {
        Path now = Files.createFile(BOTH.folder().resolve("now"));
        succeeds(deploy(BOTH.one(), "1.0", now));
        awaitFound(BOTH.two(), "service=shop&kind=deployment", 2);

        // the lease is the other controller's, also while that one is dead
        Path go = BOTH.folder().resolve("go");
        Build holder = deploy(BOTH.two(), "2.0", go);
        awaitFound(BOTH.one(), "service=shop&kind=deployment.started", 2);
        Build waiting = deploy(BOTH.one(), "3.0", now).waitForLog("Waiting: ", LIMIT);
        BOTH.two().kill();
        Files.createFile(go);
        assertThat(waiting.json().path("building").asBoolean()).isTrue();
        BOTH.two().start();
        succeeds(holder);
        succeeds(waiting);
        JsonNode story = found(BOTH.one(), "service=shop&kind=deployment");
        assertThat(story.findValuesAsText("version")).containsExactly("3.0", "3.0", "2.0", "2.0", "1.0", "1.0");

        // without the database what runs goes on, and nothing new starts
        Path later = BOTH.folder().resolve("later");
        Build running = deploy(BOTH.one(), "4.0", later);
        awaitFound(BOTH.two(), "service=shop&kind=deployment.started", 4);
        BOTH.stopDatabase();
        Files.createFile(later);
        succeeds(running);
        assertThat(manage(BOTH.one())).contains("PostgreSQL at ");
        Build refused = deploy(BOTH.two(), "5.0", now).waitForLog("Waiting: ", LIMIT);
        BOTH.startDatabase();
        succeeds(refused);
        Awaitility.await("what waited is merged").atMost(LIMIT).untilAsserted(() -> assertThat(manage(BOTH.one()))
                .doesNotContain("PostgreSQL at "));
        awaitFound(BOTH.one(), "service=shop&kind=deployment.succeeded", 5);

        // both have the same entries, each under its own signature
        assertThat(entries(BOTH.one())).isEqualTo(entries(BOTH.two()));
        assertThat(new LedgerView(BOTH.one(), "ledger-shared").verify()).startsWith("0 ");
        assertThat(new LedgerView(BOTH.two(), "ledger-shared").verify()).startsWith("0 ");
    }

    private static String entries(JenkinsServer server) {
        return server.as("admin")
                .script("def l = io.jenkins.plugins.rollback.config.RollbackEngine.get().ledger(); l.checkpoint();"
                        + " (0L..<l.size()).each { println new String(l.raw(it), 'UTF-8') }; null");
    }
}
