package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;

/** JENKINS_HOME is copied, the original goes on, and then somebody starts the older copy. */
public class CloneAcceptanceTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final TemporaryFolder elsewhere = new TemporaryFolder();
    private final JenkinsServer original = new JenkinsServer().init(JenkinsServer.SYSTEM_COLOURS);

    /** The witnesses that the documentation shows, in other places, and a service. */
    private final ExternalResource settings = new ExternalResource() {
        @Override
        protected void before() throws Throwable {
            Path git = elsewhere.newFolder("checkpoints.git").toPath();
            run(git, "git", "init", "--quiet", "--bare", ".");
            String shown = Markdown.of("docs/how-to/restore-a-controller.md").after("## Configure witnesses");
            original.casc(shown.replace("/mnt/elsewhere", elsewhere.getRoot().toString())
                    + "    environments: [{name: production}]\n"
                    + "    claims: [{service: checkout, item: checkout}]\n");
        }
    };

    @Rule
    public final RuleChain rules =
            RuleChain.outerRule(elsewhere).around(settings).around(original);

    @Test
    public void theOlderCopyWaitsForAPersonAndThenWorks() throws Exception {
        assertThat(deploy(original, "1.0").waitForResult(LIMIT)).isEqualTo("SUCCESS");
        original.stop();
        Path copy = elsewhere.getRoot().toPath().resolve("copy");
        copy(original.home(), copy);
        original.start();
        assertThat(onHold(original)).isEqualTo("false");
        assertThat(deploy(original, "2.0").waitForResult(LIMIT)).isEqualTo("SUCCESS");
        original.stop();
        assertThat(new LedgerView(original).verify()).startsWith("0 ");

        JenkinsServer clone = new JenkinsServer();
        clone.startFrom(original, copy);
        try (JenkinsBrowser browser = new JenkinsBrowser(clone)) {
            Page admin = browser.as("admin");
            admin.navigate("manage/");
            assertThat(admin.innerText("#main-panel"))
                    .contains("Release Rollback is on hold")
                    .contains("last used by the home folder " + original.home())
                    .contains("jenkins.checkpoint holds a checkpoint of")
                    .contains("checkpoints.git (jenkins-1) holds a checkpoint of");
            Screenshots.take(admin, "on-hold", 800);

            Build held = deploy(clone, "3.0").waitForLog("the ledger is on hold", LIMIT);
            assertThat(held.log()).contains("cannot start by itself").doesNotContain("deploying 3.0");

            admin.fill("#rollback-hold-reason", "INC-7: the original's disk died");
            admin.click("form[name=rollback-hold] button");
            admin.waitForURL(address -> !address.contains("confirm"));
            assertThat(held.waitForResult(LIMIT)).as(held.log()).isEqualTo("SUCCESS");
            assertThat(held.log()).contains("deploying 3.0");
            admin.navigate("manage/");
            assertThat(admin.innerText("#main-panel")).doesNotContain("on hold");

            clone.restart();
            assertThat(onHold(clone)).isEqualTo("false");
            clone.stop();
            assertThat(new LedgerView(clone).verify()).startsWith("0 ");
        } finally {
            clone.end(); // its log speaks of the hold, as it should
        }
    }

    private static Build deploy(JenkinsServer server, String version) {
        return server.as("admin")
                .job("checkout")
                .createPipeline(String.join(
                        "\n",
                        "node {",
                        "    writeFile file: 'app', text: '" + version + "'",
                        "    retainRelease service: 'checkout', environment: 'production', version: '" + version
                                + "', artifacts: 'app'",
                        "}",
                        "deployRelease(service: 'checkout', environment: 'production', version: '" + version
                                + "', onFailure: 'none') {",
                        "    echo 'deploying " + version + "'",
                        "}"))
                .build();
    }

    private static String onHold(JenkinsServer server) {
        return server.as("admin")
                .script("print io.jenkins.plugins.rollback.config.RollbackEngine.get().guard().onHold().isPresent()")
                .strip();
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static void run(Path in, String... command) {
        try {
            assertThat(new ProcessBuilder(command)
                            .directory(in.toFile())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
