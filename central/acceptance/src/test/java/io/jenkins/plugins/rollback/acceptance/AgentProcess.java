package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A real agent: a process of its own that connects to Jenkins, and can be lost like one. */
final class AgentProcess implements AutoCloseable {

    private static final String CREATE = String.join(
            "\n",
            "import hudson.model.*; import hudson.slaves.*",
            "def launcher = new JNLPLauncher(); launcher.webSocket = true", // no second port to open
            "def agent = new DumbSlave('%1$s', '%2$s', launcher)",
            "agent.numExecutors = 1; agent.labelString = '%1$s'; agent.mode = Node.Mode.EXCLUSIVE",
            "Jenkins.get().addNode(agent)",
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS = 2000",
            "print Jenkins.get().getComputer('%1$s').jnlpMac",
            "");

    private final SharedJenkins jenkins;
    private final String name;
    private final Process process;

    /** Starts it and waits until it is connected. */
    AgentProcess(SharedJenkins jenkins, String name) throws IOException {
        this.jenkins = jenkins;
        this.name = name;
        Path folder = Files.createDirectories(
                jenkins.server().home().resolveSibling("agents").resolve(name));
        Path jar = folder.resolve("agent.jar");
        try (InputStream in = URI.create(jenkins.server().url() + "jnlpJars/agent.jar")
                .toURL()
                .openStream()) {
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        String secret = jenkins.as("admin").script(String.format(CREATE, name, folder));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "-url",
                        jenkins.server().url(),
                        "-name",
                        name,
                        "-secret",
                        secret.trim(),
                        "-webSocket",
                        "-workDir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
        try {
            awaitConnection(folder);
        } catch (RuntimeException e) {
            process.destroyForcibly(); // the caller gets nothing that it could close
            throw e;
        }
    }

    private void awaitConnection(Path folder) {
        Awaitility.await("agent " + name + " is connected; its log is in " + folder)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .failFast("the agent ended", () -> !process.isAlive())
                .until(() -> !jenkins.as("admin")
                        .get("computer/" + name + "/api/json")
                        .json()
                        .path("offline")
                        .asBoolean(true));
    }

    /** Kills the process and takes the agent out of the configuration, as a cloud does with a machine that is gone. */
    void lose() {
        close();
    }

    /** Lets the process stand still; its connection stays, but nothing is answered. */
    void freeze() throws IOException {
        signal("STOP");
    }

    /** Lets the process go on. */
    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        jenkins.as("admin")
                .script("def node = Jenkins.get().getNode('" + name
                        + "'); if (node != null) Jenkins.get().removeNode(node)");
    }
}
