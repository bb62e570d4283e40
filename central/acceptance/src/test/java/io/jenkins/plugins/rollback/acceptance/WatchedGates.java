package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A build in which several gates run beside each other, one an analysis file; and what is known of each of them. */
final class WatchedGates {

    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ENTRIES = String.join(
            "\n",
            "def l = io.jenkins.plugins.rollback.config.RollbackEngine.get().ledger()",
            "def files = [:]",
            "l.entries(0, l.size()).findAll { it.service() == '%s' && it.text('gate') != null }.each {",
            "    if (it.kind().wire() == 'gate.started') { files[it.text('gate')] = it.text('file') }",
            "    println groovy.json.JsonOutput.toJson([file: files[it.text('gate')], kind: it.kind().wire(),",
            "        time: it.time().toString(), look: it.text('look'), verdict: it.text('verdict'),",
            "        metrics: String.valueOf(it.data().get('metrics'))])",
            "}",
            "null");

    private final JenkinsServer server;
    private final String service;
    private final Build build;

    private WatchedGates(JenkinsServer server, String service, Build build) {
        this.server = server;
        this.service = service;
        this.build = build;
    }

    /** One entry of the ledger about one of the gates; {@code metrics} holds effects, intervals, evidence and reasons. */
    record Said(String kind, Instant time, String look, String verdict, String metrics) {

        /** Everything that does not depend on when it was said. */
        String timeless() {
            return kind + " " + look + " " + verdict + " " + metrics;
        }
    }

    /** Starts a job of the service's name whose metric server is {@code prom}. */
    static WatchedGates start(
            JenkinsServer server, String service, ScriptedMetrics metrics, Map<String, String> analyses) {
        JenkinsClient admin = server.as("admin");
        new RollbackSettings(admin)
                .environment(DemoProject.ENVIRONMENT)
                .claim(service, service)
                .prometheus("prom-" + service, metrics.url());
        StringBuilder files = new StringBuilder();
        StringBuilder gates = new StringBuilder();
        analyses.forEach((name, text) -> {
            String file = name + ".yaml";
            files.append(
                    "writeFile file: '" + file + "', text: '''" + text.replace("SOURCE", "prom-" + service) + "'''\n");
            gates.append((gates.isEmpty() ? "" : ",\n") + name + ": { canaryGate analysis: '" + file + "', service: '"
                    + service + "', environment: 'production', failBuild: false }");
        });
        Build build = admin.job(service)
                .createPipeline("node {\n" + files + "parallel(" + gates + ")\n}")
                .build();
        return new WatchedGates(server, service, build);
    }

    Build build() {
        return build;
    }

    /** What the ledger holds, by analysis. */
    Map<String, List<Said>> said() {
        Map<String, List<Said>> all = new TreeMap<>();
        server.as("admin").script(String.format(ENTRIES, service)).lines().forEach(line -> {
            JsonNode entry = read(line);
            all.computeIfAbsent(entry.path("file").asText(), file -> new ArrayList<>())
                    .add(new Said(
                            entry.path("kind").asText(),
                            Instant.parse(entry.path("time").asText()),
                            entry.path("look").asText(),
                            entry.path("verdict").asText(),
                            entry.path("metrics").asText()));
        });
        return all;
    }

    /** The rows of samples of each gate as they are saved beside the build, by analysis and metric. */
    Map<String, List<String>> samples() throws IOException {
        Path folder = server.home().resolve("jobs/" + service + "/builds/1/release-rollback-gates");
        Map<String, List<String>> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> {
                JsonNode gate = read(readString(file));
                gate.path("metrics").fields().forEachRemaining(metric -> {
                    List<String> rows = new ArrayList<>();
                    metric.getValue().path("looks").forEach(row -> rows.add(row.toString()));
                    all.put(gate.path("file").asText() + " " + metric.getKey(), rows);
                });
            });
        }
        return all;
    }

    /** Waits until each gate has begun; the earliest moment. */
    Instant begun(int gates) {
        Awaitility.await("the gates begin").atMost(LIMIT).until(() -> said().size() == gates);
        return said().values().stream()
                .map(entries -> entries.get(0).time())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Waits until each gate has looked so often or has ended. */
    void awaitLook(int look) {
        Awaitility.await("look " + look).atMost(LIMIT).until(() -> said().values().stream()
                .allMatch(entries -> entries.stream()
                        .anyMatch(said -> said.kind().equals("gate.verdict")
                                || said.look().equals(String.valueOf(look)))));
    }

    /** Waits for the end of the build; the verdict of each gate with its look. */
    Map<String, String> verdicts() {
        String result = build.waitForResult(LIMIT);
        if (!result.equals("SUCCESS")) {
            throw new AssertionError(build.log());
        }
        Map<String, String> verdicts = new TreeMap<>();
        said().forEach((file, entries) -> entries.stream()
                .filter(said -> said.kind().equals("gate.verdict"))
                .forEach(said -> verdicts.merge(file, said.verdict(), (one, other) -> one + " and " + other)));
        return verdicts;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
