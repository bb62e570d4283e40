package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A controller that is killed in the middle of its gates says in the end what an undisturbed one says: the same gates on
 * the same numbers run in two Jenkins at once, and one of them dies.
 */
public class GateKillAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @ClassRule
    public static final JenkinsServer UNDISTURBED = new JenkinsServer();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    /** Longer than a restart takes, so that no look is slept through. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final String RATIO = String.join(
            "\n",
            "analysis:",
            "  interval: %1$ds",
            "  looks: %2$d",
            "  metrics:",
            "    - name: errors",
            "      kind: ratio",
            "      bad:   {source: SOURCE, query: 'demo_errors{app=\"%3$s\",track=\"$track\"}'}",
            "      total: {source: SOURCE, query: 'demo_requests{app=\"%3$s\",track=\"$track\"}'}",
            "      tolerance: %4$s",
            "");

    private static final String LEVEL = String.join(
            "\n",
            "analysis:",
            "  judge: %2$s",
            "  interval: %1$ds",
            "  looks: 4",
            "  metrics:",
            "    - name: latency",
            "      kind: gauge",
            "      value: {source: SOURCE, query: 'demo_latency{app=\"sick\",track=\"$track\"}'}",
            "      %3$s",
            "");

    private static Map<String, String> analyses(Duration interval, int looks) {
        long seconds = interval.toSeconds();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("sick", String.format(RATIO, seconds, looks, "sick", "0.5"));
        all.put("healthy", String.format(RATIO, seconds, looks, "healthy", "3"));
        all.put("kayenta", String.format(LEVEL, seconds, "kayenta", "critical: true"));
        all.put(
                "threshold",
                String.format(LEVEL, seconds, "threshold", "threshold: {success: {max: 0.1}, failureLimit: 2}"));
        return all;
    }

    private static List<String> timeless(List<WatchedGates.Said> entries) {
        return entries.stream().map(WatchedGates.Said::timeless).collect(Collectors.toList());
    }

    @Test
    public void killedBetweenTwoLooksItSaysTheSame() throws Exception {
        try (ScriptedMetrics one = new ScriptedMetrics(FOLDER.newFolder().toPath());
                ScriptedMetrics two = new ScriptedMetrics(FOLDER.newFolder().toPath())) {
            Map<String, String> analyses = analyses(LONG, 20);
            WatchedGates undisturbed = WatchedGates.start(UNDISTURBED, "killed", one, analyses);
            WatchedGates killed = WatchedGates.start(JENKINS.server(), "killed", two, analyses);
            one.begin(undisturbed.begun(4), LONG);
            Instant zero = killed.begun(4);
            two.begin(zero, LONG);

            killed.awaitLook(2);
            Map<String, List<WatchedGates.Said>> before = killed.said();
            Map<String, List<String>> samples = killed.samples();
            JENKINS.server().kill();
            JENKINS.server().start();
            assertThat(Instant.now())
                    .as("restarted before the next look was due, else this says nothing")
                    .isBefore(zero.plus(LONG.multipliedBy(3)));

            assertThat(killed.verdicts())
                    .isEqualTo(undisturbed.verdicts())
                    .containsEntry("sick.yaml", "FAIL")
                    .containsEntry("healthy.yaml", "PASS")
                    .containsEntry("threshold.yaml", "FAIL")
                    .containsKey("kayenta.yaml");
            Map<String, List<WatchedGates.Said>> after = killed.said();
            Map<String, List<WatchedGates.Said>> expected = undisturbed.said();
            before.forEach((file, entries) -> {
                assertThat(after.get(file))
                        .as("entries before the kill")
                        .startsWith(entries.toArray(WatchedGates.Said[]::new));
                // each look, each number, each reason
                assertThat(timeless(after.get(file))).isEqualTo(timeless(expected.get(file)));
            });
            Map<String, List<String>> allSamples = killed.samples();
            samples.forEach((metric, rows) -> {
                assertThat(rows).as(metric).hasSize(2);
                assertThat(allSamples.get(metric)).as(metric).startsWith(rows.toArray(String[]::new));
            });
            assertThat(allSamples).isEqualTo(undisturbed.samples());
            assertThat(killed.build().log()).contains("goes on after a restart");
        }
    }

    @Test
    public void looksThatWereSleptThroughChangeNoVerdict() throws Exception {
        try (ScriptedMetrics metrics = new ScriptedMetrics(FOLDER.newFolder().toPath())) {
            WatchedGates asleep = WatchedGates.start(JENKINS.server(), "asleep", metrics, analyses(SHORT, 60));
            metrics.begin(asleep.begun(4), SHORT);
            asleep.awaitLook(2);
            Map<String, List<String>> samples = asleep.samples();
            JENKINS.server().kill();
            JENKINS.server().start();

            assertThat(asleep.verdicts())
                    .containsEntry("sick.yaml", "FAIL")
                    .containsEntry("healthy.yaml", "PASS")
                    .containsEntry("threshold.yaml", "FAIL");
            List<WatchedGates.Said> healthy = asleep.said().get("healthy.yaml");
            assertThat(healthy)
                    .extracting(WatchedGates.Said::verdict)
                    .as("no look of it said FAIL")
                    .doesNotContain("FAIL");
            Duration longest = Duration.ZERO;
            for (int i = 1; i < healthy.size(); i++) {
                Duration pause = Duration.between(
                        healthy.get(i - 1).time(), healthy.get(i).time());
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
            assertThat(longest).as("looks were slept through").isGreaterThan(SHORT.multipliedBy(2));
            Map<String, List<String>> all = asleep.samples();
            samples.forEach(
                    (metric, rows) -> assertThat(all.get(metric)).as(metric).startsWith(rows.toArray(String[]::new)));
        }
    }
}
