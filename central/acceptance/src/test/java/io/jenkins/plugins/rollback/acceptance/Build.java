package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A build, by HTTP. Every wait polls, so it holds over a restart of the controller. */
public final class Build {

    private static final Duration POLL = Duration.ofMillis(300);

    private final JenkinsClient client;
    private final String path;

    Build(JenkinsClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** @return the path below Jenkins' address, with a slash at its end */
    public String path() {
        return path;
    }

    /** @return the build's remote API */
    public JsonNode json() {
        return client.get(path + "api/json").json();
    }

    /** @return the whole console log so far */
    public String log() {
        return client.get(path + "consoleText").ok().body();
    }

    /**
     * Waits for the end.
     *
     * @param limit how long
     * @return the result, for example {@code UNSTABLE}
     */
    public String waitForResult(Duration limit) {
        JsonNode done = Awaitility.await("the end of " + path)
                .atMost(limit)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(this::json, json -> !json.path("building").asBoolean() && json.hasNonNull("result"));
        return done.get("result").asText();
    }

    /**
     * Waits until the console says something.
     *
     * @param text what to wait for
     * @param limit how long
     * @return this
     */
    public Build waitForLog(String text, Duration limit) {
        Awaitility.await("'" + text + "' in the log of " + path)
                .atMost(limit)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(this::log, log -> log.contains(text));
        return this;
    }

    /** Aborts the build as the client's user. */
    public void abort() {
        client.post(path + "stop", Map.of()).ok();
    }
}
