package io.jenkins.plugins.rollback.engine.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A start from what was kept ends where a start from nothing does. */
public class StateKeeperTest {

    private static final Executor NEVER = work -> {};

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Everything that is projected from a ledger, as a start makes it. */
    static final class Start {
        final Catalog catalog;
        final Approvals approvals;
        final List<SavedProjection> all;
        final StateKeeper keeper;

        Start(Ledger ledger, Path states, Executor background) {
            catalog = new Catalog(ledger);
            approvals = new Approvals(ledger, Clock.systemUTC());
            all = List.of(
                    catalog, approvals, new Deliveries(ledger, Clock.systemUTC()), new LedgerIndex(ledger.people()));
            keeper = new StateKeeper(ledger, states, background, all);
        }

        /** What is in the files at {@code states}, without the entries after that. */
        List<Long> load(Ledger ledger, Path states) throws IOException {
            for (SavedProjection projection : all) {
                new StateFile(states, projection).load(ledger.tree());
            }
            return all.stream().map(SavedProjection::next).toList();
        }

        List<String> hashes() {
            return all.stream()
                    .map(projection -> {
                        StateWriter state = new StateWriter();
                        assertThat(projection.save(state)).isEqualTo(projection.next());
                        return state.sha256();
                    })
                    .toList();
        }
    }

    private Path states(Object name) {
        return folder.getRoot().toPath().resolve("states-" + name);
    }

    private Start started(Ledger ledger, Path states) throws IOException {
        Start start = new Start(ledger, states, NEVER);
        start.keeper.attach();
        return start;
    }

    @Test
    public void anyHistoryGivesTheSameStateFromWhatWasKeptAndFromNothing() throws Exception {
        for (int seed = 0; seed < 120; seed++) {
            MemoryLedger ledger = new MemoryLedger();
            RandomHistory history = new RandomHistory(ledger, seed);
            Random random = new Random(seed);
            Path states = states(seed);
            for (int run = 0; run < 4; run++) { // several starts, each on what the one before kept
                Start start = started(ledger, states);
                history.append(random.nextInt(60));
                assertThat(start.all).allMatch(projection -> projection.next() == ledger.size());
                start.keeper.close();
            }
            history.append(random.nextInt(60));

            long kept = new Start(ledger, states, NEVER).load(ledger, states).get(0);
            Start kepts = started(ledger, states);
            Start nothing = started(ledger, states("none"));

            assertThat(kept).as("seed %d", seed).isPositive().isLessThanOrEqualTo(ledger.size());
            assertThat(kepts.hashes()).as("seed %d", seed).isEqualTo(nothing.hashes());
            history.append(30);
            assertThat(kepts.hashes()).as("seed %d", seed).isEqualTo(nothing.hashes());
            for (String id : List.of("dp-1", "rb-2", "gt-1")) {
                assertThat(kepts.catalog.timeline(id)).isEqualTo(nothing.catalog.timeline(id));
            }
            for (String id : List.of("ap-1", "ap-2", "ap-3", "ap-4")) {
                assertThat(kepts.approvals.find(id)).isEqualTo(nothing.approvals.find(id));
            }
            assertThat(kepts.approvals.waiting()).isEqualTo(nothing.approvals.waiting());
            assertThat(kepts.catalog.services()).isEqualTo(nothing.catalog.services());
        }
    }

    @Test
    public void keepsInTheBackgroundNowAndThen() throws Exception {
        MemoryLedger ledger = new MemoryLedger();
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            Start start = new Start(ledger, states("some"), background);
            start.keeper.attach();
            RandomHistory history = new RandomHistory(ledger, 1);
            while (ledger.size() < StateKeeper.EVERY - 1) {
                history.append(1);
            }
            background.submit(() -> {}).get();
            assertThat(states("some")).doesNotExist();
            while (ledger.size() < StateKeeper.EVERY) {
                history.append(1);
            }
            background.submit(() -> {}).get();
            assertThat(new Start(ledger, states("some"), NEVER).load(ledger, states("some")))
                    .containsOnly((long) StateKeeper.EVERY);

            // what was replayed from nothing is kept at once
            new Start(ledger, states("other"), background).keeper.attach();
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            new Start(ledger, states("other"), NEVER).load(ledger, states("other")))
                    .containsOnly((long) StateKeeper.EVERY));
        } finally {
            background.shutdown();
        }
    }

    @Test
    public void folderThatCannotBeWrittenCostsTimeAlone() throws Exception {
        MemoryLedger ledger = new MemoryLedger();
        new RandomHistory(ledger, 3).append(50);
        Files.createFile(states("file"));

        Start start = started(ledger, states("file"));

        assertThat(start.all).allMatch(projection -> projection.next() == ledger.size());
        assertThatThrownBy(() -> start.keeper.save()).isInstanceOf(IOException.class);
    }
}
