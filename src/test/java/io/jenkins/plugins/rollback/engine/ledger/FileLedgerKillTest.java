package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/**
 * Kills a writing process at random moments ({@code -Dledger.kills=300} for more). Nothing that it acknowledged may be
 * missing or torn, and the next process goes on from there.
 */
public class FileLedgerKillTest extends LedgerTestBase {

    public FileLedgerKillTest() {
        super(ON_DISK);
    }

    private static final int KILLS = Integer.getInteger("ledger.kills", 30);

    @Test
    public void nothingAcknowledgedIsLost() throws Exception {
        Random random = new Random(20261122);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.putAll(killedWriter(kill, random.nextInt(120)));
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.problem()).as("after kill %s", kill).isNull();
            assertThat(report.entries())
                    .isGreaterThanOrEqualTo(acknowledged.keySet().stream()
                                    .mapToLong(index -> index)
                                    .max()
                                    .orElse(-1)
                            + 1);
        }
        try (FileLedger ledger = open()) {
            for (Map.Entry<Long, String> line : acknowledged.entrySet()) {
                Entry entry = ledger.entry(line.getKey());
                assertThat(entry.text("id")).isEqualTo(line.getValue());
                assertThat(ledger.people().actor(entry.actor())).isPresent();
                if (entry.reason() != null) {
                    assertThat(ledger.people().text(entry.reason())).contains("because " + line.getValue());
                }
            }
            append(ledger, 1);
        }
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.pending()).isZero();
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 8);
    }

    @Test
    public void anotherProcessIsRefusedUntilTheOwnerIsGone() throws Exception {
        Path errors = folder.newFile().toPath();
        Process process = start(0, errors);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).as(() -> read(errors)).isNotNull();
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerInUseException.class)
                    .hasMessageContaining("process " + process.pid() + " on host ");
            process.toHandle().destroyForcibly();
            process.waitFor();
            open().close(); // the kernel's lock went with its process
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(int run, Path errors) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerWriterMain.class.getName(),
                        dir().toString(),
                        "run" + run)
                .redirectError(errors.toFile())
                .start();
    }

    private Map<Long, String> killedWriter(int run, int millis) throws Exception {
        Path errors = folder.newFile().toPath();
        Process process = start(run, errors);
        try (BufferedReader out = process.inputReader()) {
            Map<Long, String> lines = new HashMap<>();
            String first = out.readLine();
            assertThat(first).as(() -> read(errors)).isNotNull();
            add(lines, first);
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            boolean killed = false;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (add(lines, line) && !killed && System.nanoTime() > until) {
                    process.toHandle().destroyForcibly(); // SIGKILL; unlike Process, the handle leaves the pipe open
                    killed = true;
                }
            }
            assertThat(process.waitFor()).as(() -> read(errors)).isEqualTo(137);
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last line may be cut off by the kill; then it was not acknowledged to anybody. */
    private static boolean add(Map<Long, String> lines, String line) {
        String[] parts = line.split(" ");
        if (parts.length != 2 || parts[1].split("-").length != 3) {
            return false;
        }
        lines.put(Long.parseLong(parts[0]), parts[1]);
        return true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
