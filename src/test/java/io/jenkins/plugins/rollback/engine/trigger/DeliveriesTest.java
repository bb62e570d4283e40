package io.jenkins.plugins.rollback.engine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.rollback.AtOnce;
import io.jenkins.plugins.rollback.engine.rollback.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.Test;

public class DeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final Deliveries deliveries = new Deliveries(ledger, clock);
    private long sent = NOW.getEpochSecond();

    public DeliveriesTest() {
        ledger.attach(deliveries);
    }

    private static Alert alert(String dedupe, Alert.State state) {
        return new Alert(World.SHOP, "critical", dedupe, state, "alice saw 5 % errors");
    }

    private Receipt receive(Deliveries where, String dedupe, Alert.State state) throws Exception {
        return where.receive("monitoring", alert(dedupe, state), new Signed("d" + sent, sent), "none", null);
    }

    private Receipt firing(String dedupe) throws Exception {
        return receive(deliveries, dedupe, Alert.State.FIRING);
    }

    private Receipt resolved(String dedupe) throws Exception {
        return receive(deliveries, dedupe, Alert.State.RESOLVED);
    }

    @Test
    public void theSameIncidentIsNewsOnceInEachState() throws Exception {
        assertThat(firing("a").news()).isTrue();
        assertThat(firing("a").why()).isEqualTo("known already: firing since 2026-11-22T08:00:00Z");
        assertThat(firing("b").news()).isTrue();
        assertThat(resolved("a").news()).isTrue();
        assertThat(resolved("a").news()).isFalse();
        assertThat(firing("a").news()).as("it begins anew").isTrue();
        assertThat(ledger.size()).isEqualTo(4);
    }

    @Test
    public void whatIsOverMustHaveBegun() throws Exception {
        assertThat(resolved("a").news()).isFalse();
        assertThat(ledger.size()).isZero();
    }

    @Test
    public void whatComesLateChangesNothing() throws Exception {
        firing("a");
        sent += 10;
        resolved("a");
        sent -= 5;

        assertThat(firing("a").why()).isEqualTo("older than what is known of this incident");
    }

    @Test
    public void holdsAfterARestart() throws Exception {
        firing("a");
        Deliveries restarted = new Deliveries(ledger, clock);
        ledger.attach(restarted);

        assertThat(receive(restarted, "a", Alert.State.FIRING).news()).isFalse();
        assertThat(receive(restarted, "a", Alert.State.RESOLVED).news()).isTrue();
    }

    @Test
    public void aBeginningWithoutAnEndIsForgottenInTime() throws Exception {
        firing("a");
        Clock later = Clock.offset(clock, Duration.ofDays(7));
        Deliveries restarted = new Deliveries(ledger, later);
        ledger.attach(restarted);

        assertThat(receive(restarted, "a", Alert.State.FIRING).news()).isTrue();
    }

    @Test
    public void endpointsAndTargetsHaveIncidentsOfTheirOwn() throws Exception {
        firing("a");
        Signed signed = new Signed("d", sent);

        assertThat(deliveries
                        .receive("other", alert("a", Alert.State.FIRING), signed, "none", null)
                        .news())
                .isTrue();
        Alert elsewhere = new Alert(new Target("shop", "staging"), "critical", "a", Alert.State.FIRING, "");
        assertThat(deliveries
                        .receive("monitoring", elsewhere, signed, "none", null)
                        .news())
                .isTrue();
    }

    @Test
    public void aStormIsOneTrigger() throws Exception {
        for (int round = 0; round < 50; round++) {
            String dedupe = "storm-" + round;
            List<Object> outcomes = AtOnce.run(32, i -> () -> firing(dedupe));

            assertThat(outcomes)
                    .filteredOn(outcome -> outcome instanceof Receipt receipt && receipt.news())
                    .hasSize(1);
        }
        assertThat(ledger.size()).isEqualTo(50);
    }

    @Test
    public void theEntryHoldsNoWordOfTheSender() throws Exception {
        Entry entry = firing("alice@example.org is affected").entry();

        assertThat(entry.kind()).isEqualTo(EventKind.TRIGGER_RECEIVED);
        assertThat(entry.toString()).doesNotContain("alice");
        assertThat(ledger.people().actor(entry.actor())).contains(Actor.webhook("monitoring"));
        assertThat(ledger.people().text(entry.reason())).contains("alice saw 5 % errors");
        assertThat(entry.text("endpoint")).isEqualTo("monitoring");
    }

    @Test
    public void whatWasAnnouncedAndNeverBeganCanBeTakenUp() throws Exception {
        Signed signed = new Signed("d", sent);
        deliveries.receive("monitoring", alert("a", Alert.State.FIRING), signed, "propose", "rb-1");
        deliveries.receive("monitoring", alert("b", Alert.State.FIRING), signed, "propose", "rb-2");
        World world = new World(ledger);
        world.rollbacks.proposed("rb-1", World.SHOP, "2", "1", null, "webhook", null, World.ALICE, null);
        Deliveries restarted = new Deliveries(ledger, clock);
        ledger.attach(restarted);

        assertThat(restarted.unanswered())
                .extracting(entry -> entry.text("rollback"))
                .containsExactly("rb-2");
    }

    private static Alert at(String dedupe, Alert.State state, Instant at) {
        return new Alert(World.SHOP, "critical", dedupe, state, "", "https://example.org/1", at);
    }

    private Receipt receive(Alert alert) throws Exception {
        return deliveries.receive("monitoring", alert, new Signed("d", sent), "start", null);
    }

    @Test
    public void aRecordedBeginningSentAgainAfterTheEndIsOld() throws Exception {
        Instant began = NOW.minusSeconds(600);
        assertThat(receive(at("a", Alert.State.FIRING, began)).news()).isTrue();
        assertThat(receive(at("a", Alert.State.RESOLVED, began)).news()).isTrue();

        assertThat(receive(at("a", Alert.State.FIRING, began)).why())
                .isEqualTo("older than what is known of this incident");
        assertThat(receive(at("a", Alert.State.FIRING, began.plusSeconds(1))).news())
                .as("it begins anew")
                .isTrue();
    }

    @Test
    public void whatBeganLongAgoIsNotActedOnNow() throws Exception {
        assertThat(receive(at("a", Alert.State.FIRING, NOW.minus(Deliveries.FORGET)))
                        .why())
                .isEqualTo("began 2026-11-15T08:00:00Z: too long ago to act on now");
        assertThat(ledger.size()).isZero();
    }

    @Test
    public void aSendersClockThatRunsAheadMakesNothingLookOld() throws Exception {
        assertThat(receive(at("a", Alert.State.FIRING, NOW.plus(Duration.ofDays(400))))
                        .news())
                .isTrue();
        sent += 1;
        assertThat(receive(at("a", Alert.State.RESOLVED, NOW.plusSeconds(1))).news())
                .isTrue();
    }

    @Test
    public void tenThousandDeliveriesOfOneIncidentAreOneEntry() throws Exception {
        int news = 0;
        for (int i = 0; i < 10_000; i++) {
            sent++;
            news += receive(at("a", Alert.State.FIRING, NOW)).news() ? 1 : 0;
        }
        assertThat(news).isEqualTo(1);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(deliveries.remembered()).isEqualTo(1);
    }

    @Test
    public void incidentsOfLongAgoTakeNoMemory() throws Exception {
        TickingClock ticking = new TickingClock();
        MemoryLedger years = new MemoryLedger(ticking);
        Deliveries kept = new Deliveries(years, ticking);
        years.attach(kept);
        for (int day = 0; day < 400; day++) {
            ticking.now = NOW.plus(Duration.ofDays(day));
            Signed signed = new Signed("d" + day, ticking.now.getEpochSecond());
            Alert alert = at("day-" + day, Alert.State.FIRING, ticking.now);
            assertThat(kept.receive("monitoring", alert, signed, "none", null).news())
                    .isTrue();
        }
        assertThat(years.size()).isEqualTo(400);
        assertThat(kept.remembered()).isEqualTo(29);
        Deliveries replayed = new Deliveries(years, ticking);
        years.attach(replayed);
        assertThat(replayed.remembered()).isEqualTo(29);
    }

    @Test
    public void summaryAndLinkAreForPeopleAndErasable() throws Exception {
        Alert alert = new Alert(
                World.SHOP, "critical", "a", Alert.State.FIRING, "5 % errors", "https://example.org/alice", null);
        Entry entry = receive(alert).entry();

        assertThat(entry.toString()).doesNotContain("alice");
        assertThat(ledger.people().text(entry.reason())).contains("5 % errors (https://example.org/alice)");
    }

    /** Goes where the test sets it. */
    private static final class TickingClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
