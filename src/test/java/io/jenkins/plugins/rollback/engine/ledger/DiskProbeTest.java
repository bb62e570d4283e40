package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;

/** What does not hold is said; what holds is not complained about. */
public class DiskProbeTest extends LedgerTestBase {

    public DiskProbeTest() {
        super(ON_DISK);
    }

    private static Disk disk(String kind, IOException failure) {
        return new Disk() {
            @Override
            String kind(Path directory) {
                return kind;
            }

            @Override
            AppendFile append(Path file) throws IOException {
                return new AppendFile(file) {
                    @Override
                    void sync() throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        long start = System.nanoTime();
                        while (System.nanoTime() - start < 50_000) {
                            Thread.onSpinWait(); // as long as a good disk takes
                        }
                    }
                };
            }
        };
    }

    @Test
    public void saysWhatDoesNotHold() throws Exception {
        Path dir = folder.getRoot().toPath();
        assertThat(DiskProbe.warnings(disk("ext4", null), dir)).isEmpty();
        assertThat(DiskProbe.warnings(disk("tmpfs", null), dir))
                .singleElement()
                .asString()
                .contains("in memory");
        assertThat(DiskProbe.warnings(disk("nfs", null), dir))
                .singleElement()
                .asString()
                .contains("lock");
        assertThat(DiskProbe.warnings(disk("ext4", new IOException("Invalid argument")), dir))
                .singleElement()
                .asString()
                .contains("fails (Invalid argument)");
        assertThat(DiskProbe.warnings(
                        new Disk() {
                            @Override
                            AppendFile append(Path file) throws IOException {
                                return new AppendFile(file) {
                                    @Override
                                    void sync() {
                                        // a disk that only says so
                                    }
                                };
                            }

                            @Override
                            String kind(Path directory) {
                                return "ext4";
                            }
                        },
                        dir))
                .singleElement()
                .asString()
                .contains("which no disk can");
        assertThat(Files.list(dir)).isEmpty();
    }

    /** On a file system whose locks do not hold a second process gets in, and writes its name over the first one's. */
    @Test
    public void ownerWhoseLockDoesNotHoldStops() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 3);
            ledger.checkpoint();
            String before = Files.readString(dir().resolve("checkpoint"));
            Files.writeString(dir().resolve("lock"), "process 7 on host other\n");
            append(ledger, 1); // durable in the log before anything was noticed
            assertThatThrownBy(ledger::checkpoint).hasMessageContaining("process 7 on host other as well");
            assertThatThrownBy(() -> append(ledger, 1)).isInstanceOf(LedgerInUseException.class);
            assertThat(Files.readString(dir().resolve("checkpoint"))).isEqualTo(before);
            Files.delete(dir().resolve("lock"));
        } catch (LedgerInUseException e) {
            assertThat(e).hasMessageContaining("as well"); // closing says it once more
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("as well");
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.size()).isEqualTo(4);
        }
    }
}
