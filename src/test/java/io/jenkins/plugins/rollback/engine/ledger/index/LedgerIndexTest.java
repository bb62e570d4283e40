package io.jenkins.plugins.rollback.engine.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.ledger.PersonalRecords;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LedgerIndexTest {

    private static final Actor ALICE = Actor.user("alice");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final MemoryLedger ledger = new MemoryLedger();

    private LedgerIndex attached() throws IOException {
        LedgerIndex index = new LedgerIndex(ledger.people());
        ledger.attach(index);
        return index;
    }

    private static List<Long> all(LedgerIndex index, Query query) {
        List<Long> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (before >= 0) {
            Page page = index.search(query, before, 7);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(7);
            found.addAll(page.entries());
            before = page.next();
        }
        return found;
    }

    /** Against the same question asked of every entry, one by one. */
    @Test
    public void findsWhatALookAtEveryEntryFinds() throws Exception {
        Random random = new Random(7);
        String[] words = {"errors", "error", "INC-12", "checkout", "latency", "canary", "x1", "rolled"};
        EventKind[] kinds = {EventKind.ROLLBACK_DONE, EventKind.ROLLBACK_FAILED, EventKind.OVERRIDE, EventKind.EXPORT};
        LedgerIndex index = attached();
        for (int i = 0; i < 600; i++) {
            ledger.append(Event.of(kinds[random.nextInt(kinds.length)])
                    .service(random.nextInt(3) == 0 ? null : "s" + random.nextInt(4))
                    .environment(random.nextInt(3) == 0 ? null : "e" + random.nextInt(2))
                    .version("1." + random.nextInt(5))
                    .with("rollback", "rb-7")
                    .with("what", "gate")
                    .with("entries", 1)
                    .actor(Actor.user("u" + random.nextInt(5)))
                    .reason(
                            random.nextBoolean()
                                    ? null
                                    : words[random.nextInt(words.length)] + ", "
                                            + words[random.nextInt(words.length)]));
        }
        for (int i = 0; i < 300; i++) {
            Query query = Query.all();
            Predicate<Entry> naive = entry -> true;
            if (random.nextBoolean()) {
                String service = "s" + random.nextInt(5);
                query.service(service);
                naive = naive.and(entry -> service.equals(entry.service()));
            }
            if (random.nextInt(3) == 0) {
                String environment = "e" + random.nextInt(2);
                query.environment(environment);
                naive = naive.and(entry -> environment.equals(entry.environment()));
            }
            if (random.nextInt(3) == 0) {
                EventKind kind = kinds[random.nextInt(kinds.length)];
                query.kind(kind);
                naive = naive.and(entry -> entry.kind() == kind);
            }
            if (random.nextInt(3) == 0) {
                Actor actor = Actor.user("u" + random.nextInt(6));
                query.actor(actor.id());
                naive = naive.and(entry -> ledger.people().shown(entry.actor()).equals(actor.id()));
            }
            if (random.nextInt(4) == 0) {
                query.version("1.3");
                naive = naive.and(entry -> entry.version().equals("1.3"));
            }
            if (random.nextInt(3) == 0) {
                Instant from = ledger.entry(random.nextInt(600)).time();
                query.from(from);
                naive = naive.and(entry -> !entry.time().isBefore(from));
            }
            if (random.nextBoolean()) {
                String text = List.of("err", "errors", "inc-12", "check", "late can", "x1", "nothing")
                        .get(random.nextInt(7));
                query.text(text);
                naive = naive.and(entry -> entry.reason() != null
                        && Words.match(
                                Words.of(text),
                                ledger.people().text(entry.reason()).orElseThrow()));
            }
            List<Long> expected = new ArrayList<>();
            for (Entry entry : ledger.entries(0, 600)) {
                if (naive.test(entry)) {
                    expected.add(0, entry.index());
                }
            }
            assertThat(all(index, query)).as(query.said().toString()).isEqualTo(expected);
        }
    }

    @Test
    public void wordsAreFoundByTheirBeginning() {
        assertThat(Words.match(List.of("check"), "the Checkout, again")).isTrue();
        assertThat(Words.match(List.of("heck"), "the Checkout, again")).isFalse();
        assertThat(Words.match(List.of("ag", "the"), "the Checkout, again")).isFalse();
        assertThat(Words.of("INC-12: Zürich/ÄÖ_2")).containsExactly("inc", "12", "zürich", "äö", "2");
    }

    @Test
    public void findsAllOfARollbackByItsId() throws Exception {
        LedgerIndex index = attached();
        ledger.append(
                Event.of(EventKind.ROLLBACK_REQUESTED).with("rollback", "rb-1").with("deployment", "dp-1"));
        ledger.append(
                Event.of(EventKind.APPROVAL_ASKED).with("approval", "ap-1").with("rollback", "rb-1"));
        ledger.append(Event.of(EventKind.APPROVAL_GIVEN).with("approval", "ap-1"));
        ledger.append(Event.of(EventKind.GATE_STARTED).with("gate", "g-1").with("rollback", "rb-1"));
        ledger.append(Event.of(EventKind.GATE_LOOK).with("gate", "g-1"));
        ledger.append(Event.of(EventKind.LEASE_TAKEN).with("holder", "rb-2").with("purpose", "rollback"));

        assertThat(all(index, Query.all().subject("rb-1"))).containsExactly(4L, 3L, 2L, 1L, 0L);
        assertThat(all(index, Query.all().subject("dp-1"))).containsExactly(0L);
        assertThat(all(index, Query.all().subject("rb-2"))).containsExactly(5L);
        assertThat(all(index, Query.all().subject("rb-3"))).isEmpty();
        assertThat(all(index, Query.all().kind("approval"))).containsExactly(2L, 1L);
        assertThat(all(index, Query.all().kind("app"))).isEmpty();
    }

    @Test
    public void whatIsErasedIsFoundNoMore() throws Exception {
        LedgerIndex index = attached();
        Entry entry = ledger.append(
                Event.of(EventKind.OVERRIDE).with("what", "gate").actor(ALICE).reason("phoned by Carroll"));
        ledger.append(Event.of(EventKind.OVERRIDE)
                .with("what", "gate")
                .actor(Actor.user("bob"))
                .reason("seen by Alice"));
        assertThat(all(index, Query.all().text("carroll"))).containsExactly(0L);

        PersonalRecords records = new PersonalRecords(ledger);
        List<String> texts = new ArrayList<>(records.textsNaming(List.of("alice")));
        texts.add(entry.reason());
        records.erase(Actor.SYSTEM, ALICE, texts);

        assertThat(all(index, Query.all().text("carroll"))).isEmpty();
        assertThat(all(index, Query.all().text("seen"))).isEmpty();
        assertThat(all(index, Query.all().actor("alice"))).isEmpty();
        assertThat(all(index, Query.all().actor(entry.actor().substring(0, 8)))).containsExactly(0L);
    }

    @Test
    public void fileIsReadCatchesUpAndHoldsNoClearText() throws Exception {
        Path directory = folder.getRoot().toPath().resolve("ledger");
        try (FileLedger files = open(directory)) {
            fill(files, 700);
            LedgerIndex first = new LedgerIndex(files.people());
            StateKeeper keeper = keeper(files, directory, first);
            keeper.attach();
            keeper.close();
            assertThat(Files.readString(directory.resolve("index/search"), StandardCharsets.ISO_8859_1))
                    .doesNotContainIgnoringCase("alice")
                    .doesNotContain("again");
            fill(files, 50);
        }
        try (FileLedger files = open(directory)) {
            LedgerIndex second = new LedgerIndex(files.people());
            keeper(files, directory, second).attach();
            fill(files, 1);
            LedgerIndex fresh = new LedgerIndex(files.people());
            files.attach(fresh);
            for (Query query : List.of(
                    Query.all().actor("alice"),
                    Query.all().text("again 30"),
                    Query.all().service("s2"),
                    Query.all().subject("dp-3").kind(EventKind.DEPLOYMENT_STARTED))) {
                List<Long> expected = all(fresh, query);
                assertThat(expected).isNotEmpty();
                assertThat(all(second, query)).isEqualTo(expected);
            }
        }
    }

    private static StateKeeper keeper(Ledger ledger, Path directory, LedgerIndex index) {
        return new StateKeeper(ledger, directory.resolve("index"), work -> {}, List.of(index));
    }

    private static FileLedger open(Path directory) throws IOException {
        return FileLedger.open(
                directory, "index.test/1", Clock.systemUTC(), LedgerKeys.inFile(directory.resolve("key")));
    }

    private static void fill(Ledger ledger, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ledger.append(Event.of(i % 2 == 0 ? EventKind.DEPLOYMENT_STARTED : EventKind.DEPLOYMENT_FAILED)
                    .service("s" + i % 3)
                    .version("1")
                    .actor(i % 5 == 0 ? ALICE : Actor.SYSTEM)
                    .reason(i % 10 == 0 ? "once again " + i : null)
                    .with("deployment", "dp-" + i % 7));
        }
    }
}
