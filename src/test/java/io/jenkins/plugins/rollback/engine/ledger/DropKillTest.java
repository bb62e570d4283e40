package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/**
 * Kills a process that drops entries at random moments ({@code -Dledger.dropKills=100} for more). What goes together is
 * gone together or not at all, what was reported as dropped is gone, and the ledger verifies before and after it is opened.
 */
public class DropKillTest extends LedgerTestBase {

    private static final int KILLS = Integer.getInteger("ledger.dropKills", 12);

    public DropKillTest() {
        super(ON_DISK);
    }

    @Test
    public void whatGoesTogetherIsGoneTogether() throws Exception {
        try (FileLedger ledger = open()) {
            for (int i = 0; i < 3 * DropMain.APART; i++) {
                ledger.append(event(i).with("mark", "mark-" + i + "-").reason("reason-" + i + "-"));
            }
        }
        Random random = new Random(20261122);
        int done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<Integer> reported = killedDropper(random.nextInt(150));
            assertThat(LedgerVerifier.verify(dir()).problem())
                    .as("after kill %s", kill)
                    .isNull();
            try (FileLedger ledger = open()) {
                done = 0;
                for (int i = 0; i < DropMain.APART; i++) {
                    boolean gone = ledger.isDropped(i);
                    assertThat(ledger.isDropped(i + DropMain.APART))
                            .as("%s after %s", i, kill)
                            .isEqualTo(gone);
                    assertThat(ledger.isDropped(i + 2 * DropMain.APART))
                            .as("%s after %s", i, kill)
                            .isEqualTo(gone);
                    assertThat(gone || !reported.contains(i))
                            .as("%s was reported", i)
                            .isTrue();
                    done += gone ? 1 : 0;
                }
            }
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.problem()).as("opened after kill %s", kill).isNull();
            assertThat(report.dropped()).isEqualTo(3L * done);
            assertThat(report.notes()).noneMatch(note -> note.contains("cut short"));
        }
        assertThat(done).isBetween(KILLS, DropMain.APART - 1); // else the last ones were killed with nothing to do
        for (String gone : new String[] {"mark-0-", "reason-0-", "mark-" + DropMain.APART + "-"}) {
            assertThat(filesWith(gone)).as(gone).isEmpty();
        }
    }

    private List<Integer> killedDropper(int millis) throws Exception {
        Path errors = folder.newFile().toPath();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DropMain.class.getName(),
                        dir().toString())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).as(Files.readString(errors)).isEqualTo("open");
            List<Integer> reported = new ArrayList<>();
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            String line = null;
            while (System.nanoTime() < until || reported.isEmpty()) {
                line = out.readLine();
                assertThat(line).as(() -> errors.toString()).isNotNull();
                reported.add(Integer.parseInt(line));
            }
            process.toHandle().destroyForcibly(); // SIGKILL, wherever it is in its next drop
            process.waitFor();
            return reported;
        } finally {
            process.destroyForcibly();
        }
    }
}
