package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.Rule;
import org.junit.Test;

/**
 * Two controllers, each a process, write to one PostgreSQL while they are killed in turn and the database is stopped,
 * then crashes. One of them waits for the database meanwhile, the other keeps its entries aside. {@code -Dledger.shared.entries=100000 -Dledger.shared.kills=20} for more.
 */
public class SharedLedgerKillTest extends LedgerTestBase {

    private static final int ENTRIES = Integer.getInteger("ledger.shared.entries", 3_000);
    private static final int KILLS = Integer.getInteger("ledger.shared.kills", 2);
    private static final int LINE_FIELDS = 4; // controller, run, thread, number

    @Rule
    public final PostgresServer postgres = PostgresServer.onDisk();

    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Process> running = new ConcurrentHashMap<>();
    private Database database;

    public SharedLedgerKillTest() {
        super(ON_DISK);
    }

    @Test
    public void oneOrderWithoutGapsOrDuplicatesAndNothingAcknowledgedIsLost() throws Exception {
        database = postgres.database();
        long start = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> controllers = new ArrayList<>();
            for (String name : List.of("one", "two")) {
                controllers.add(pool.submit(() -> {
                    control(name);
                    return null;
                }));
            }
            disturb(controllers);
            for (Future<?> controller : controllers) {
                controller.get(10, TimeUnit.MINUTES);
            }
        } finally {
            running.values().forEach(process -> process.toHandle().destroyForcibly());
            pool.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int count = acknowledged.size();
        mergeWhatIsKeptAside();
        check();
        System.out.printf(
                "%d entries acknowledged by two controllers, %d kills, the database stopped and crashed: %.1f s%n",
                count, KILLS, seconds);
    }

    /** Keeps one controller writing until it has acknowledged its half, however often it is killed. */
    private void control(String name) throws Exception {
        long mine = 0;
        for (int run = 0; mine < ENTRIES / 2; run++) {
            Path errors = folder.newFile().toPath();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SharedWriterMain.class.getName(),
                            dir().resolve(name).toString(),
                            database.url(),
                            database.user(),
                            database.password(),
                            name,
                            Integer.toString(run),
                            Long.toString(ENTRIES / 2 - mine))
                    .redirectError(errors.toFile())
                    .start();
            running.put(name, process);
            try (BufferedReader out = process.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    mine += add(line);
                }
            }
            assertThat(process.waitFor()).as(() -> read(errors)).isIn(0, 137);
        }
    }

    /** The last line may be cut off by a kill; then it was not acknowledged to anybody. */
    private int add(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 2 || parts[1].split("-").length != LINE_FIELDS) {
            return 0;
        }
        String before = acknowledged.put(Long.parseLong(parts[0]), parts[1]);
        assertThat(before).as("entry %s was given twice", parts[0]).isNull();
        return 1;
    }

    private void disturb(List<Future<?>> controllers) throws Exception {
        int steps = KILLS + 2;
        for (int step = 0; step < steps; step++) {
            long until = (long) ENTRIES * (step + 1) / (steps + 1);
            Awaitility.await()
                    .atMost(java.time.Duration.ofMinutes(10))
                    .until(() ->
                            acknowledged.size() >= until || controllers.stream().allMatch(Future::isDone));
            if (step == steps / 3) {
                postgres.stop();
                postgres.start();
            } else if (step == steps * 2 / 3) {
                postgres.crash();
                postgres.start();
            } else {
                running.get(step % 2 == 0 ? "one" : "two").toHandle().destroyForcibly(); // SIGKILL
            }
        }
    }

    /** A controller may have written its last while the database was away; it merges when it starts again. */
    private void mergeWhatIsKeptAside() throws Exception {
        for (String name : List.of("one", "two")) {
            try (SharedLedger ledger = SharedLedger.open(
                    SharedLedgers.setup(dir().resolve(name), name), new PostgresStore(database), Clock.systemUTC())) {
                Awaitility.await(name + " has merged")
                        .atMost(java.time.Duration.ofMinutes(1))
                        .until(() -> ledger.spooled() == 0 && ledger.detached().isEmpty());
            }
        }
    }

    private void check() throws Exception {
        try (SharedLedger auditor = SharedLedger.open(
                SharedLedgers.setup(dir().resolve("auditor"), "auditor"),
                new PostgresStore(database),
                Clock.systemUTC())) {
            assertThat(auditor.size()).isGreaterThanOrEqualTo(ENTRIES);
            Set<String> ids = new HashSet<>();
            long written = 0;
            long spooled = 0;
            for (long index = 0; index < auditor.size(); index++) {
                Entry entry = auditor.entry(index); // every index has an entry: no gap
                String id = entry.text("id");
                assertThat(ids.add(id)).as("%s is there twice", id).isTrue();
                String promised = acknowledged.remove(entry.number()); // what was kept aside keeps its number
                spooled += entry.spooled() ? 1 : 0;
                if (promised != null) {
                    assertThat(id).isEqualTo(promised);
                    written++;
                    if (entry.reason() != null) {
                        assertThat(auditor.people().text(entry.reason())).contains("because " + id);
                    }
                }
            }
            // the database had taken it when it went away without a word; it was kept aside, and found there again
            int before = acknowledged.size();
            acknowledged.entrySet().removeIf(line -> line.getKey() >= Spool.FIRST && ids.contains(line.getValue()));
            written += before - acknowledged.size();
            assertThat(acknowledged).as("acknowledged, but lost").isEmpty();
            assertThat(written).isGreaterThanOrEqualTo(ENTRIES);
            // what was on its way when a controller was killed, at the most one for each thread and kill
            assertThat(auditor.size() - written).isLessThanOrEqualTo(8L * KILLS);
            System.out.println(spooled + " of " + auditor.size() + " entries were kept aside and merged");
            append(auditor, 1);
        }
        for (String name : List.of("one", "two", "auditor")) {
            assertThat(LedgerVerifier.verify(dir().resolve(name)).problem())
                    .as(name)
                    .isNull();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
