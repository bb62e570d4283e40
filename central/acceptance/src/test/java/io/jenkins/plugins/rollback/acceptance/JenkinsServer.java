package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A real Jenkins in a process of its own, on loopback, with the hpi under test. As a JUnit rule it starts before a test
 * (or a class) and ends after it; in between it can be stopped, killed and started again on the same home folder.
 */
public final class JenkinsServer extends ExternalResource {

    /** How the addresses of repositories begin. */
    static final String GIT_SERVER = "https://git.example.com/";

    /** A script for {@link #init}: a viewer whose system is dark gets the dark theme. */
    static final String SYSTEM_COLOURS = "io.jenkins.plugins.thememanager.ThemeManagerPageDecorator.get().theme ="
            + " new io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory()";

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Map<String, List<String>> users = new LinkedHashMap<>();
    private final List<String> initScripts = new ArrayList<>();
    private final TemporaryFolder folder = new TemporaryFolder();
    private String casc;
    private JenkinsDist dist;
    private Process process;
    private int port;

    /** Makes a server with one user, {@code admin}, who may do everything. */
    public JenkinsServer() {
        user("admin", "Overall/Administer");
    }

    /**
     * Adds a user whose password is the name.
     *
     * @param name for example {@code alice}
     * @param permissions group and name as the matrix shows them, for example {@code Rollback/Approve}
     * @return this
     */
    public JenkinsServer user(String name, String... permissions) {
        users.put(name, List.of(permissions));
        return this;
    }

    /**
     * Adds a Groovy script that runs at each start, after the jobs are loaded.
     *
     * @param groovy the text
     * @return this
     */
    public JenkinsServer init(String groovy) {
        initScripts.add(groovy);
        return this;
    }

    /**
     * Has the Configuration as Code plugin set Jenkins up at each start.
     *
     * @param yaml what {@code casc.yaml} holds
     * @return this
     */
    public JenkinsServer casc(String yaml) {
        casc = yaml;
        return this;
    }

    /**
     * Starts with a copy of another server's home, on a port of its own, instead of as a rule. To be ended with {@link #end}.
     *
     * @param original whose users, scripts and settings come along; it need not run
     * @param copy of its home folder, which is moved
     */
    void startFrom(JenkinsServer original, Path copy) throws IOException {
        dist = original.dist;
        casc = original.casc;
        folder.create();
        Files.move(copy, home());
        port = Programs.freePort();
        start();
    }

    @Override
    protected void before() throws Throwable {
        dist = JenkinsDist.require();
        folder.create();
        dist.install(home());
        Files.createDirectories(repositories());
        Path scripts = Files.createDirectories(home().resolve("init.groovy.d"));
        Files.writeString(scripts.resolve("10-users.groovy"), UsersScript.of(users));
        for (int i = 0; i < initScripts.size(); i++) {
            Files.writeString(scripts.resolve((20 + i) + "-init.groovy"), initScripts.get(i));
        }
        if (casc != null) {
            Files.writeString(home().resolve("casc.yaml"), casc);
        }
        port = Programs.freePort();
        start();
    }

    /** Ends it; its log must then be free of warnings of ours. */
    @Override
    protected void after() {
        if (process == null) {
            return; // there is no Jenkins to test with
        }
        try {
            requireNoWarnings();
        } finally {
            end();
        }
    }

    /** Kills it, when it is alive, and deletes what it wrote. */
    void end() {
        if (process.isAlive()) {
            kill();
        }
        folder.delete();
    }

    /** Fails when the log has warnings of ours. */
    void requireNoWarnings() {
        try {
            assertThat(ourWarnings()).as("warnings of ours in Jenkins' log").isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the repositories lie whose addresses begin with {@link #GIT_SERVER}. */
    Path repositories() {
        return folder.getRoot().toPath().resolve("git");
    }

    /**
     * Starts Jenkins and waits until it answers.
     *
     * @throws IOException when the process cannot be started
     */
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.awt.headless=true",
                        "-Djenkins.install.runSetupWizard=false",
                        "-Dhudson.model.UpdateCenter.never=true",
                        "-Dhudson.DNSMultiCast.disabled=true",
                        "-jar",
                        dist.war().toString(),
                        "--httpListenAddress=127.0.0.1",
                        "--httpPort=" + port,
                        "--webroot=" + folder.getRoot().toPath().resolve("war"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .directory(folder.getRoot());
        builder.environment().put("JENKINS_HOME", home().toString());
        if (casc != null) {
            builder.environment()
                    .put("CASC_JENKINS_CONFIG", home().resolve("casc.yaml").toString());
        }
        builder.environment().put("GIT_CONFIG_GLOBAL", gitConfig().toString());
        // git's own way to give folders the address of a server, so that pages look as they do elsewhere
        builder.environment().put("GIT_CONFIG_COUNT", "1");
        builder.environment().put("GIT_CONFIG_KEY_0", "url." + repositories().toUri() + ".insteadOf");
        builder.environment().put("GIT_CONFIG_VALUE_0", GIT_SERVER);
        process = builder.start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        Awaitility.await("Jenkins answers")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .failFast("Jenkins ended; its log is " + logFile(), () -> !process.isAlive())
                .until(() -> as("admin").get("api/json").status() == 200);
    }

    /** Asks Jenkins to end, as a service manager does, and waits for it. */
    public void stop() {
        process.destroy();
        waitForEnd();
    }

    /** Ends Jenkins at once, without a chance to save anything. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Jenkins did not end within 90 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Stops and starts again, on the same home folder and port.
     *
     * @throws IOException when the process cannot be started
     */
    public void restart() throws IOException {
        stop();
        start();
    }

    /**
     * Asks Jenkins, as an administrator does, to start anew as soon as nothing is lost by it, and waits until it has.
     *
     * @throws IOException when the log cannot be read
     */
    public void safeRestart() throws IOException {
        int starts = starts();
        as("admin").post("safeRestart", Map.of()).ok();
        Awaitility.await("Jenkins starts anew; its log is " + logFile())
                .atMost(START_LIMIT)
                .failFast("Jenkins ended", () -> !process.isAlive())
                .until(() -> starts() > starts);
        awaitAnswer();
    }

    private int starts() throws IOException {
        return Files.readString(logFile()).split("Jenkins is fully up and running", -1).length - 1;
    }

    /**
     * @param user a name given to {@link #user}, or {@code admin}
     * @return HTTP as that user
     */
    public JenkinsClient as(String user) {
        return new JenkinsClient(url(), user);
    }

    /** @return HTTP as nobody */
    public JenkinsClient anonymous() {
        return new JenkinsClient(url(), null);
    }

    /** @return the address, with a slash at its end */
    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** @return JENKINS_HOME */
    public Path home() {
        return folder.getRoot().toPath().resolve(".jenkins");
    }

    /** @return what git reads here instead of the settings of whoever runs the tests; it need not exist */
    public Path gitConfig() {
        return folder.getRoot().toPath().resolve("gitconfig");
    }

    /** @return what Jenkins wrote on standard output and error, over all its starts */
    public Path logFile() {
        return folder.getRoot().toPath().resolve("jenkins.log");
    }

    /**
     * @return the log's records of level WARNING and SEVERE that mention this plugin, stack traces included
     * @throws IOException when the log cannot be read
     */
    public List<String> ourWarnings() throws IOException {
        return JenkinsLog.ourWarnings(Files.readString(logFile()));
    }
}
