package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Looks into the ledger of a Jenkins: at its entries while it is in use, and with the command line at its proofs. */
final class LedgerView {

    private static final String STORY = String.join(
            "\n",
            "def l = io.jenkins.plugins.rollback.config.RollbackEngine.get().ledger()",
            "l.entries(0, l.size()).findAll { it.service() == '%s' && it.environment() != null }",
            "    .each { println it.environment() + ' ' + it.kind().wire() }",
            "null");

    private final JenkinsServer server;
    private final String folder;

    LedgerView(JenkinsServer server) {
        this(server, "ledger");
    }

    /** @param folder of the ledger, or of a controller's copy of it */
    LedgerView(JenkinsServer server, String folder) {
        this.server = server;
        this.folder = folder;
    }

    /** @return kinds of all entries about a service in an environment, in order; leases and looks left out */
    List<String> story(String service) {
        return story(service, ".*");
    }

    /** @return the same, about those environments alone that match a regular expression */
    List<String> story(String service, String environment) {
        return server.as("admin")
                .script(String.format(STORY, service))
                .lines()
                .filter(line -> line.matches(environment + " .*"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .filter(kind -> !kind.startsWith("lease.") && !kind.equals("gate.look"))
                .collect(Collectors.toList());
    }

    /** @return the same, from the last start of a deployment on */
    List<String> lastStory(String service) {
        List<String> story = story(service);
        return story.subList(Math.max(0, story.lastIndexOf("deployment.started")), story.size());
    }

    /** @return what {@code rollback ledger verify} says, beginning with its exit status */
    String verify() throws IOException {
        return RollbackJar.run(
                "ledger",
                "verify",
                "--ledger",
                server.home().resolve("release-rollback").resolve(folder).toString());
    }
}
