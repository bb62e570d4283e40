package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * A multibranch project with the GitHub Branch Source plugin: {@code main} speaks for the service, a branch that nobody
 * listed does not, and a pull request from a fork does not, although its Jenkinsfile is trusted and the claim would
 * match its name.
 */
public class MultibranchAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String PROJECT = String.join(
            "\n",
            "<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject plugin=\"workflow-multibranch\">",
            "<sources class=\"jenkins.branch.MultiBranchProject$BranchSourceList\" plugin=\"branch-api\"><data>",
            "<jenkins.branch.BranchSource>",
            "<source class=\"org.jenkinsci.plugins.github_branch_source.GitHubSCMSource\" plugin=\"github-branch-source\">",
            "<id>shop</id><apiUri>%s</apiUri><repoOwner>acme</repoOwner><repository>shop</repository><traits>",
            "<org.jenkinsci.plugins.github__branch__source.BranchDiscoveryTrait><strategyId>3</strategyId>",
            "</org.jenkinsci.plugins.github__branch__source.BranchDiscoveryTrait>",
            "<org.jenkinsci.plugins.github__branch__source.ForkPullRequestDiscoveryTrait><strategyId>2</strategyId>",
            "<trust class=\"org.jenkinsci.plugins.github_branch_source.ForkPullRequestDiscoveryTrait$TrustEveryone\"/>",
            "</org.jenkinsci.plugins.github__branch__source.ForkPullRequestDiscoveryTrait>",
            "</traits></source></jenkins.branch.BranchSource></data></sources>",
            "</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>");

    private static final String DEPLOYS = String.join(
            "\n",
            "node {",
            "    checkout scm",
            "    retainRelease service: 'shop', environment: 'production', version: '1.0', artifacts: 'Jenkinsfile'",
            "}",
            "deployRelease(service: 'shop', environment: 'production', version: '1.0') { echo 'deploying' }",
            "");

    /** Every step that could change something, each on its own, so that one refusal does not hide the next. */
    private static final String TRIES = String.join(
            "\n",
            "def attempts = [",
            "    retain: { node {",
            "        writeFile file: 'shop.txt', text: 'not reviewed'",
            "        retainRelease service: 'shop', environment: 'production', version: '6.6', artifacts: 'shop.txt'",
            "    } },",
            "    deploy: { deployRelease(service: 'shop', environment: 'production', version: '1.0') { echo 'deploying' } },",
            "    back: { rollbackRelease(service: 'shop', environment: 'production', reason: 'mine') { echo 'deploying' } },",
            "    restore: { node { restoreRelease service: 'shop', version: '1.0' } }]",
            "attempts.each { name, attempt ->",
            "    try { attempt(); echo \"$name was allowed\" } catch (e) { echo \"$name refused: ${e.message}\" }",
            "}",
            "error 'done'",
            "");

    @Test
    public void aPullRequestDoesNotSpeakForTheService() throws IOException {
        Path folder = JENKINS.server().home().resolveSibling("git").resolve("shop.git");
        GitRepository git = new GitRepository(folder).commit(Map.of("Jenkinsfile", DEPLOYS));
        git.branch("feature");
        git.commit(Map.of("Jenkinsfile", TRIES)).ref("refs/pull/1/head").switchTo("main");
        try (MockGitHub github = new MockGitHub(git)) {
            // the plugin clones from port 80 of the API's machine
            Files.writeString(
                    JENKINS.server().gitConfig(),
                    "[url \"" + folder.getParent().toUri() + "\"]\n\tinsteadOf = http://127.0.0.1/acme/\n");
            github.branch("main").branch("feature").pullRequest(1, "mallory");
            LedgerView ledger = new LedgerView(JENKINS.server());
            new RollbackSettings(JENKINS.as("admin"))
                    .environment("production")
                    .claim("shop", "shop-branches", "main, PR-*");
            Job project = JENKINS.as("admin").job("shop-branches").create(String.format(PROJECT, github.url()));
            project.scan();

            Build main = first("shop-branches/main");
            assertThat(main.waitForResult(LIMIT)).as(main.log()).isEqualTo("SUCCESS");
            assertThat(main.log()).contains("deploying");
            Build feature = first("shop-branches/feature");
            Build pull = first("shop-branches/PR-1");
            assertThat(feature.waitForResult(LIMIT)).as(feature.log()).isEqualTo("FAILURE");
            assertThat(pull.waitForResult(LIMIT)).as(pull.log()).isEqualTo("FAILURE");

            for (String step : new String[] {"retain", "deploy", "back", "restore"}) {
                assertThat(pull.log())
                        .contains(step + " refused: 'shop-branches/PR-1' is a pull request; pull requests do not speak"
                                + " for service 'shop'");
                assertThat(feature.log())
                        .contains(step + " refused: branch 'feature' does not speak for service 'shop'");
            }
            assertThat(pull.log() + feature.log()).doesNotContain("deploying\n", "was allowed");
            assertThat(ledger.story("shop"))
                    .containsExactlyInAnyOrder("release.retained", "deployment.started", "deployment.succeeded");
        }
    }

    private static Build first(String job) {
        Awaitility.await(job + " is built")
                .atMost(LIMIT)
                .until(() -> JENKINS.as("admin")
                                .get(JENKINS.as("admin").job(job).path() + "1/api/json")
                                .status()
                        == 200);
        return JENKINS.as("admin").job(job).build(1);
    }
}
