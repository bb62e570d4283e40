package io.jenkins.plugins.rollback.engine.trigger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeliveryLogTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final UnaryOperator<LoggedDelivery> SENT =
            delivery -> delivery.with(List.of("User-Agent: curl"), "{}", 2);

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;
    private DeliveryLog log;

    @Before
    public void anEmptyLog() {
        folder = temporary.getRoot().toPath().resolve("deliveries");
        log = at(START);
    }

    private DeliveryLog at(Instant now) {
        return new DeliveryLog(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static LoggedDelivery delivery(int second, Outcome outcome, String from, String kind, Effect... effects) {
        return LoggedDelivery.of(
                START.plusSeconds(second), from, outcome, 202, "because " + second, kind, List.of(effects));
    }

    @Test
    public void whatIsKnownSurvivesARestart() throws Exception {
        Effect effect = new Effect("checkout in production", "firing", "start", null, "rb-1", 17);
        log.note("alerts", delivery(1, Outcome.TAKEN, "10.0.0.1", "a", effect), SENT);
        log.note(
                "alerts",
                delivery(2, Outcome.REFUSED, "10.0.0.2", "WRONG", new Effect("x", "y", "z", "why", null, -1)),
                SENT);
        log.note("other", delivery(3, Outcome.TEST, "alice", "a"), SENT);
        List<LoggedDelivery> before = log.of("alerts");
        assertThat(before).extracting(LoggedDelivery::reason).containsExactly("because 2", "because 1");
        assertThat(before.get(1).body()).isEqualTo("{}");
        log.flush(Set.of("alerts", "other"));

        assertThat(at(START).of("alerts")).isEqualTo(before);
        assertThat(at(START).of("other")).hasSize(1);
    }

    @Test
    public void aFloodOfRefusedOnesIsALineWithACountAndPushesNothingOut() {
        log.note("alerts", delivery(0, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        AtomicInteger masked = new AtomicInteger();
        for (int i = 0; i < 100_000; i++) {
            log.note("alerts", delivery(i, Outcome.REFUSED, "10.6.6.6", "WRONG"), delivery -> {
                masked.incrementAndGet();
                return delivery;
            });
        }
        assertThat(log.of("alerts"))
                .extracting(LoggedDelivery::times, LoggedDelivery::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(100_000L, "because 99999"),
                        org.assertj.core.groups.Tuple.tuple(1L, "because 0"));
        assertThat(masked).hasValue(1);

        for (int i = 0; i < 1_000; i++) {
            log.note("alerts", delivery(i, Outcome.REFUSED, "10.6.6." + i, "WRONG"), SENT);
        }
        assertThat(log.of("alerts")).hasSize(21).anyMatch(delivery -> delivery.outcome() == Outcome.TAKEN);
    }

    @Test
    public void ofThoseThatWereTakenTheLastFiftyAreKept() throws Exception {
        for (int i = 0; i < 120; i++) {
            log.note("alerts", delivery(i, Outcome.TAKEN, "10.0.0.1", "same"), SENT);
        }
        assertThat(log.of("alerts")).hasSize(50).allMatch(delivery -> delivery.times() == 1);
        assertThat(log.of("alerts").get(49).reason()).isEqualTo("because 70");
    }

    @Test
    public void theFileIsBoundedWhateverIsSent() throws Exception {
        LoggedDelivery huge = delivery(1, Outcome.TAKEN, "f".repeat(10_000), "a")
                .with(
                        List.of("x"),
                        BodyMask.of(
                                ("{\"a\":[" + "\"yyyy\",".repeat(30_000)).getBytes(StandardCharsets.UTF_8), List.of()),
                        262_144);
        for (int i = 0; i < 100; i++) {
            log.note("alerts", huge, delivery -> delivery);
        }
        log.flush(Set.of("alerts"));
        assertThat(Files.size(folder.resolve("alerts.json"))).isLessThan(500_000);
    }

    @Test
    public void writesOnlyWhatChangedAndForgetsEndpointsThatAreGone() throws Exception {
        log.note("alerts", delivery(1, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.note("gone", delivery(1, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.flush(Set.of("alerts", "gone"));
        Files.delete(folder.resolve("alerts.json"));
        log.flush(Set.of("alerts"));
        assertThat(folder).isEmptyDirectory();
        log.note("alerts", delivery(2, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.flush(Set.of("alerts"));
        assertThat(at(START).of("alerts")).hasSize(2);
        assertThat(log.of("gone")).isEmpty();
    }

    @Test
    public void whatIsOldIsForgotten() throws Exception {
        log.note("alerts", delivery(0, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.note("alerts", delivery(60, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.flush(Set.of("alerts"));
        DeliveryLog later = at(START.plus(DeliveryLog.KEEP).plusSeconds(30));
        assertThat(later.of("alerts")).hasSize(1);
        later.flush(Set.of("alerts"));
        assertThat(Files.readString(folder.resolve("alerts.json"))).doesNotContain("because 0\"");
        assertThat(at(START.plus(Duration.ofDays(60))).of("alerts")).isEmpty();
    }

    @Test
    public void aDamagedFileOrAFullDiskNeverMakesANoteFail() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("alerts.json"), "[{\"at\": \"yesterday");
        log.note("alerts", delivery(1, Outcome.TAKEN, "10.0.0.1", "a"), SENT);
        log.note("alerts", delivery(2, Outcome.TAKEN, "10.0.0.1", "a"), delivery -> {
            throw new IllegalStateException("a fault of ours");
        });
        assertThat(log.of("alerts")).hasSize(1);

        Files.delete(folder.resolve("alerts.json"));
        Files.createDirectories(folder.resolve("alerts.json.new"));
        assertThatThrownBy(() -> log.flush(Set.of("alerts"))).isInstanceOf(IOException.class);
        Files.delete(folder.resolve("alerts.json.new"));
        log.flush(Set.of("alerts"));
        assertThat(at(START).of("alerts")).as("written once it can be").hasSize(1);
    }
}
