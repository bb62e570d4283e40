package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import org.junit.Test;

/** What people do to a gate: its effect, its record, and that the record does the same again. */
public class GateHandTest {

    private static final String THREE_LOOKS =
            """
            analysis:
              interval: 10s
              looks: 3
              onInconclusive: extend
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  tolerance: 0.0005
            """;

    /** Equal shares on both tracks: never enough evidence either way. */
    private final FakeMetrics metrics = new FakeMetrics(
            (query, at) -> query.startsWith("total") ? 1000 : 10 + (at.getEpochSecond() + query.length()) % 5);

    private Gate gate() throws Exception {
        return Gate.start(Analysis.parse(THREE_LOOKS, "a.yaml"), metrics, metrics, pause -> {});
    }

    private void look(Gate gate, int looks) throws Exception {
        for (int i = 0; i < looks && !gate.status().isEnded(); i++) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
    }

    private static Entry entry(GateHand hand, Gate gate) {
        Event event = hand.describe(Event.of(EventKind.OVERRIDE).with("gate", "gt-1"), gate);
        return new Entry(7, FakeMetrics.START, EventKind.OVERRIDE, null, null, null, "someone", null, event.data());
    }

    private Gate reloaded(Gate gate) {
        return Gate.load(gate.save(), metrics, metrics);
    }

    @Test
    public void stoppedItSaysWhatTheLastLookSays() throws Exception {
        Gate gate = gate();
        look(gate, 3); // the first call takes no look
        assertThat(GateHand.again(entry(GateHand.stop(), gate), gate)).isTrue();
        assertThat(gate.status().decided()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(gate.status().look()).isEqualTo(2);
        assertThat(gate.outcome()).isEqualTo(Outcome.HOLD);
        assertThat(GateHand.stop().refusedBy(gate)).contains("ended already").contains("INCONCLUSIVE at look 2");
    }

    @Test
    public void stoppedAtItsLastLookOfOldItDoesNotGiveItselfMore() throws Exception {
        Gate gate = gate();
        GateHand.again(entry(GateHand.extend(5), gate), gate);
        look(gate, 4);
        assertThat(gate.status().look()).isEqualTo(3);
        assertThat(gate.endNow().decided()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    public void stoppedBeforeAnyLookItKnowsNothing() throws Exception {
        Gate gate = gate();
        assertThat(gate.endNow().decided()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    public void extendedItLooksOnAndARecordReadTwiceExtendsOnce() throws Exception {
        Gate gate = gate();
        look(gate, 3);
        Entry extension = entry(GateHand.extend(4), gate);
        assertThat(extension.text("was")).isEqualTo("3 looks");
        assertThat(extension.text("now")).isEqualTo("7 looks");
        GateHand.again(extension, gate);
        GateHand.again(extension, gate);
        assertThat(gate.status().looks()).isEqualTo(7);
        Gate again = reloaded(gate);
        look(again, 100);
        assertThat(again.status().look())
                .as("and not twice as many, as by itself")
                .isEqualTo(7);
        assertThat(again.status().decided()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    public void minutesAreRoundedUpToLooks() {
        Duration interval = Duration.ofSeconds(45);
        assertThat(GateHand.extend(Duration.ofMinutes(1), interval)).hasToString("given 2 more looks");
        assertThat(GateHand.extend(Duration.ofMinutes(3), interval)).hasToString("given 4 more looks");
    }

    @Test
    public void overriddenTheJudgesWordStaysBesideIt() throws Exception {
        Gate gate = gate();
        look(gate, 3);
        Entry override = entry(GateHand.override(" fail "), gate);
        assertThat(override.text("was")).isEqualTo("INCONCLUSIVE");
        GateHand.again(override, gate);
        Gate again = reloaded(gate);
        for (Gate one : new Gate[] {gate, again}) {
            assertThat(one.status().decided()).isEqualTo(Verdict.FAIL);
            assertThat(one.status().soFar()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(one.status().summary()).startsWith("taken as FAIL by a person; the judge says INCONCLUSIVE");
            assertThat(one.isOverridden()).isTrue();
            assertThat(one.outcome()).isEqualTo(Outcome.FAIL);
        }
    }

    @Test
    public void nonsenseIsRefused() throws Exception {
        for (long looks : new long[] {0, -3, Analysis.MOST_LOOKS + 1L}) {
            assertThatThrownBy(() -> GateHand.extend(looks)).hasMessageContaining("1 to 100000 looks");
        }
        assertThatThrownBy(() -> GateHand.extend(Duration.ofMinutes(-1), Duration.ofSeconds(1)))
                .hasMessageContaining("1 to 100000 looks");
        for (String verdict : new String[] {null, "", "maybe", "INCONCLUSIVE"}) {
            assertThatThrownBy(() -> GateHand.override(verdict)).hasMessageContaining("PASS or as FAIL");
        }
        assertThat(GateHand.extend(Analysis.MOST_LOOKS).refusedBy(gate())).contains("cannot have more than 100000");
        assertThat(GateHand.again(entryOf("gate stopped"), gate()))
                .as("an abort is none of these")
                .isFalse();
    }

    private static Entry entryOf(String what) {
        Event event = Event.of(EventKind.OVERRIDE).with("what", what);
        return new Entry(8, FakeMetrics.START, EventKind.OVERRIDE, null, null, null, "someone", null, event.data());
    }
}
