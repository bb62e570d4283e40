package io.jenkins.plugins.rollback.engine.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LiveCatalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.ReadOnlyLedger;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.ledger.retention.MadeHistory.Ticking;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a schedule drops, what holds and living things keep, and that nothing of it is found afterwards. */
public class RetentionTest {

    private static final Actor SWEEPER = Actor.system("retention");
    private static final Actor COUNSEL = Actor.user("counsel");
    private static final Target TARGET = new Target("checkout", "production");
    private static final RetentionPolicy ALL = Stream.of(EventClass.values())
            .reduce(RetentionPolicy.FOR_EVER, (policy, what) -> policy.keep(what, Period.ofDays(30)), (a, b) -> b);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Ticking clock = new Ticking();
    private Catalog catalog;
    private final Holds holds = new Holds();
    private FileLedger ledger;

    @Before
    public void open() throws IOException {
        Path dir = folder.getRoot().toPath();
        ledger = FileLedger.open(dir, "retention.test/1", clock, LedgerKeys.inFile(dir.resolve("key")));
        catalog = new Catalog(ledger);
        ledger.attach(catalog);
        ledger.attach(holds);
    }

    @After
    public void close() throws IOException {
        ledger.close();
    }

    private Retention retention() {
        return new Retention(ledger, clock, List.of(new LiveCatalog(catalog)));
    }

    /** A deployment with a gate that looked twice; returns its entries. */
    private List<Long> deploy(String id, String version) throws IOException {
        List<Long> entries = new ArrayList<>();
        for (Event event : List.of(
                about(EventKind.DEPLOYMENT_STARTED, id).version(version).reason("why-" + id),
                Event.of(EventKind.GATE_STARTED)
                        .target(TARGET)
                        .with("gate", "gt-" + id)
                        .with("deployment", id),
                Event.of(EventKind.GATE_LOOK)
                        .target(TARGET)
                        .with("gate", "gt-" + id)
                        .with("look", 1)
                        .with("verdict", "PASS"),
                Event.of(EventKind.GATE_VERDICT)
                        .target(TARGET)
                        .with("gate", "gt-" + id)
                        .with("deployment", id)
                        .with("verdict", "PASS"),
                about(EventKind.DEPLOYMENT_SUCCEEDED, id).version(version))) {
            entries.add(ledger.append(event).index());
        }
        return entries;
    }

    private static Event about(EventKind kind, String id) {
        return Event.of(kind).target(TARGET).with("deployment", id);
    }

    private void deploy(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            ledger.append(
                    Event.of(EventKind.RELEASE_RETAINED).service("checkout").version("1." + i));
            deploy("dp-" + i, "1." + i);
        }
    }

    @Test
    public void dropsWhatIsPastItsTimeAndKeepsWhatIsNotOver() throws Exception {
        deploy(0, 100); // 600 entries
        clock.forward(Duration.ofDays(31));
        SweepPlan plan = retention().plan(ALL);
        // releases are kept for ever, 1.99 and 1.98 could be gone back to, and the newest bundle is not full
        assertThat(plan.counts().get(EventClass.DEPLOYMENTS).live()).isEqualTo(8);
        assertThat(plan.counts().get(EventClass.MEASUREMENTS).live()).isEqualTo(2);
        assertThat(plan.counts().get(EventClass.DEPLOYMENTS).dropped()).isEqualTo(85 * 4);
        assertThat(plan.counts().get(EventClass.MEASUREMENTS).dropped()).isEqualTo(85);
        assertThat(plan.counts().get(EventClass.DEPLOYMENTS).waiting()).isEqualTo(13 * 4);
        assertThat(ledger.isDropped(1)).as("planning drops nothing").isFalse();

        Retention.Swept swept = retention().sweep(ALL, SWEEPER);

        assertThat(swept.dropped()).isEqualTo(85 * 5);
        assertThat(swept.events()).containsExactly(600L);
        Entry event = ledger.entry(600);
        assertThat(event.data().path("classes").toString()).isEqualTo("{\"deployments\":340,\"measurements\":85}");
        assertThat(event.data().path("keep").path("deployments").asText()).isEqualTo("P30D");
        assertThat(ledger.isDropped(0)).as("a release").isFalse();
        assertThat(ledger.isDropped(1)).isTrue();
        assertThat(retention().sweep(ALL, SWEEPER).dropped())
                .as("a second sweep")
                .isZero();
        clock.forward(Duration.ofDays(1000));
        retention().sweep(ALL, SWEEPER);
        assertThat(ledger.isDropped(600)).as("the tombstone").isFalse();
    }

    @Test
    public void whatBelongsTogetherWaitsForTheLongestKept() throws Exception {
        deploy(0, 100);
        clock.forward(Duration.ofDays(31));
        RetentionPolicy looks = RetentionPolicy.FOR_EVER.keep(EventClass.MEASUREMENTS, Period.ofDays(30));
        assertThat(retention().sweep(looks, SWEEPER).dropped()).isEqualTo(85);
        assertThat(ledger.isDropped(3)).as("a look").isTrue();
        assertThat(ledger.isDropped(4)).as("its verdict").isFalse();
        // an approval that is kept for longer keeps the whole deployment
        RetentionPolicy both =
                looks.keep(EventClass.DEPLOYMENTS, Period.ofDays(30)).keep(EventClass.DECISIONS, Period.ofYears(7));
        assertThat(retention().plan(both).counts().get(EventClass.DEPLOYMENTS).dropped())
                .isEqualTo(85 * 4);
        ledger.append(Event.of(EventKind.APPROVAL_ASKED)
                .target(TARGET)
                .version("1.1")
                .with("approval", "ap-1")
                .with("deployment", "dp-5"));
        assertThat(retention().plan(both).counts().get(EventClass.DEPLOYMENTS).dropped())
                .isEqualTo(84 * 4);
    }

    @Test
    public void aHoldBeatsTheScheduleUntilItIsLifted() throws Exception {
        deploy(0, 100);
        clock.forward(Duration.ofDays(31));
        long all = retention().plan(ALL).entries().cardinality();
        Hold.Scope one = new Hold.Scope(null, null, "dp-7", null, null, null);
        holds.place(ledger, "case-1", one, COUNSEL, "case 1 at law");
        assertThat(retention().plan(ALL).entries().cardinality()).isEqualTo(all - 5);
        assertThat(retention().plan(ALL).counts().get(EventClass.DEPLOYMENTS).held())
                .isEqualTo(4);
        String commitment = ledger.people().commitment(Actor.SYSTEM).orElseThrow();
        holds.place(
                ledger,
                "case-2",
                new Hold.Scope("checkout", "production", null, commitment, null, null),
                COUNSEL,
                "case 2");
        assertThat(retention().plan(ALL).entries().isEmpty()).isTrue();
        assertThatThrownBy(() -> holds.place(ledger, "case-2", one, COUNSEL, "again"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("there is a hold 'case-2' already");
        assertThatThrownBy(() -> holds.place(ledger, "case-3", one, COUNSEL, " "))
                .isInstanceOf(IllegalArgumentException.class);

        holds.lift(ledger, "case-2", COUNSEL, "settled");
        assertThat(holds.list()).extracting(Hold::id).containsExactly("case-1");
        assertThatThrownBy(() -> holds.lift(ledger, "case-2", COUNSEL, "again"))
                .isInstanceOf(ConditionFailedException.class);
        retention().sweep(ALL, SWEEPER);
        assertThat(ledger.isDropped(6 * 7 + 1)).as("what is held").isFalse();
        assertThat(ledger.isDropped(6 * 8 + 1)).isTrue();
        // a period that begins after all of it holds none of it
        holds.lift(ledger, "case-1", COUNSEL, "settled");
        holds.place(ledger, "case-4", new Hold.Scope(null, null, null, null, clock.instant(), null), COUNSEL, "case 4");
        assertThat(retention().sweep(ALL, SWEEPER).dropped()).isEqualTo(5);
    }

    @Test
    public void aHoldThatIsPlacedWhileASweepBeginsCounts() throws Exception {
        deploy(0, 100);
        clock.forward(Duration.ofDays(31));
        boolean[] placed = {false};
        Retention racing = new Retention(ledger, clock, List.of(live -> {
            new LiveCatalog(catalog).tell(live);
            if (!placed[0]) { // after the entries were read, before anything is dropped
                placed[0] = true;
                try {
                    holds.place(
                            ledger, "late", new Hold.Scope("checkout", null, null, null, null, null), COUNSEL, "now");
                } catch (IOException | ConditionFailedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }));
        assertThat(racing.sweep(ALL, SWEEPER).dropped()).isZero();
        assertThat(ledger.isDropped(1)).isFalse();
    }

    @Test
    public void nothingOfItIsFoundAnyMore() throws Exception {
        LedgerIndex index = new LedgerIndex(ledger.people());
        StateKeeper states = new StateKeeper(
                ledger,
                folder.getRoot().toPath().resolve("index"),
                Runnable::run,
                List.of(new Catalog(ledger), new Approvals(ledger, clock), new Deliveries(ledger, clock), index));
        states.attach();
        deploy(0, 100);
        states.save();
        clock.forward(Duration.ofDays(31));
        assertThat(filesWith("dp-3\"")).isNotEmpty();
        assertThat(index.search(Query.all().subject("dp-3"), 10).entries()).hasSize(5);

        states.anew(() -> retention().sweep(ALL, SWEEPER));

        assertThat(index.search(Query.all().subject("dp-3"), 10).entries()).isEmpty();
        assertThat(index.search(Query.all().text("why-dp-3"), 10).entries()).isEmpty();
        assertThat(index.search(Query.all(), 1000).entries()).hasSize(601 - 85 * 5);
        assertThat(index.search(Query.all().subject("dp-99"), 10).entries()).hasSize(5);
        for (String gone : List.of("dp-3\"", "why-dp-3", "gt-dp-3\"")) {
            assertThat(filesWith(gone)).as(gone).isEmpty();
        }
        deploy("dp-new", "2.0");
        assertThat(index.search(Query.all().subject("dp-new"), 10).entries()).hasSize(5);
        ledger.checkpoint();
        assertThat(LedgerVerifier.verify(folder.getRoot().toPath()).problem()).isNull();
        LedgerIndex fresh = new LedgerIndex(ledger.people());
        ledger.attach(fresh);
        assertThat(fresh.search(Query.all(), 1000).entries())
                .isEqualTo(index.search(Query.all(), 1000).entries());
    }

    private List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    @Test
    public void whatGoesIsDividedIntoEventsThatFit() throws Exception {
        BitSet all = new BitSet();
        for (int i = 0; i < 2 * SweepPlan.RANGES + 300; i++) { // every other entry goes: each is a range of its own
            long drill = ledger.append(
                            Event.of(EventKind.DRILL_RUN).with("drill", "d" + i).with("scenario", "s"))
                    .index();
            all.set((int) drill);
            ledger.append(
                    Event.of(EventKind.RELEASE_RETAINED).service("checkout").version("1." + i));
        }
        clock.forward(Duration.ofDays(31));
        Retention.Swept swept = retention().sweep(ALL, SWEEPER);
        assertThat(swept.events()).hasSize(3);
        for (int i = 0; i < ledger.droppable() && i < 2 * all.cardinality(); i++) {
            assertThat(ledger.isDropped(i)).as("entry %s", i).isEqualTo(all.get(i));
        }
    }

    @Test
    public void aDryRunNeedsNoLock() throws Exception {
        deploy(0, 100);
        ledger.checkpoint();
        clock.forward(Duration.ofDays(31));
        try (ReadOnlyLedger looking = ReadOnlyLedger.open(folder.getRoot().toPath())) {
            Retention retention = new Retention(looking, clock, List.of(new LiveCatalog(catalog)));
            assertThat(retention.plan(ALL).entries())
                    .isEqualTo(retention().plan(ALL).entries());
            assertThatThrownBy(() -> retention.sweep(ALL, SWEEPER))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("only one in files can be swept");
        }
    }

    @Test
    public void schedulesAreReadAsTheyAreWritten() {
        assertThat(RetentionPolicy.period("P90D")).isEqualTo(Period.ofDays(90));
        for (String bad : List.of("90", "P0D", "P-1D", "", "PT5H")) {
            assertThatThrownBy(() -> RetentionPolicy.period(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EventClass.parse("parties")).hasMessageContaining("deliveries");
        assertThat(Map.copyOf(ALL.periods())).hasSize(EventClass.values().length);
        assertThat(RetentionPolicy.FOR_EVER.isForEver()).isTrue();
    }
}
