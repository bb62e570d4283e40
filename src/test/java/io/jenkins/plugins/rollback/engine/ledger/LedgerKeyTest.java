package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** Keys are changed with a hand-over that anybody can check, and a lost key is never replaced in silence. */
public class LedgerKeyTest extends LedgerTestBase {

    private static final Actor ALICE = Actor.user("alice");
    private static final String NEXT = "ledger.test/release-rollback/2";

    private LedgerKeys keys() {
        return LedgerKeys.inFile(dir().resolve("key"));
    }

    @Test
    public void oldCheckpointsStayVerifiableAfterSeveralRotations() throws Exception {
        List<String> notes = new ArrayList<>();
        try (FileLedger ledger = open()) {
            for (int i = 0; i < 3; i++) {
                append(ledger, 200);
                notes.add(ledger.checkpoint().note());
                Entry entry = ledger.rotateKey(ALICE, "yearly");
                assertThat(entry.kind()).isEqualTo(EventKind.KEY_ROTATED);
                assertThat(Files.readString(dir().resolve("vkey")).strip()).isEqualTo(entry.text("vkey"));
                notes.add(ledger.checkpoint().note());
            }
            assertThat(ledger.origin()).isEqualTo(ORIGIN);
        }
        assertThat(notes).doesNotHaveDuplicates();
        assertThat(Files.readAllLines(dir().resolve("vkeys"))).hasSize(4);
        assertThat(keys().load().orElseThrow().lines()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(dir().resolve("key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (String note : notes) {
            assertThat(LedgerVerifier.verify(dir(), note).problem()).isNull();
        }
        try (FileLedger ledger = open()) {
            append(ledger, 1);
        }
        assertThat(LedgerVerifier.verify(dir()).problem()).isNull();
        Files.delete(dir().resolve("vkeys"));
        assertThat(LedgerVerifier.verify(dir()).problem()).isEqualTo("vkeys is missing");
    }

    @Test
    public void handOverIsSignedByTheOldKeyAndLiesInATreeOfTheNewOne() throws Exception {
        VerifierKey before;
        try (FileLedger ledger = open()) {
            before = LedgerStart.verifierKey(new Disk(), dir());
            append(ledger, 3);
            Entry entry = ledger.rotateKey(ALICE, null);
            HandOver change = HandOver.of(entry.kind(), entry.data());
            assertThat(change.previous()).isEqualTo(before);
            LedgerProof proof = ledger.tree().proof(entry.index());
            LedgerProof.verify(proof.text(), ledger.raw(entry.index()), change.next());
            assertThatThrownBy(() -> SignedCheckpoint.verify(proof.checkpoint().note(), before))
                    .hasMessageContaining("foreign");
            var forged = entry.data().deepCopy().put("vkey", before.toString());
            assertThatThrownBy(() -> HandOver.of(entry.kind(), forged)).hasMessageStartingWith("data.signature: ");
        }
    }

    @Test
    public void nobodyElseMayHandOver() throws Exception {
        try (FileLedger ledger = open()) {
            assertThatThrownBy(() -> ledger.append(Event.of(EventKind.KEY_ROTATED)))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageStartingWith("kind: ");
        }
    }

    /** Lets the disk fail at each write of a rotation in turn, as a crash there would; the next start goes on. */
    @Test
    public void rotationThatIsCutShortAnywhereLeavesALedgerThatOpens() throws Exception {
        int finished = 0;
        int steps = 0;
        for (int step = 0; finished == 0; step++) {
            assertThat(step).isLessThan(60);
            steps = step;
            long before;
            CountdownDisk disk = new CountdownDisk();
            FileLedger ledger = FileLedger.open(
                    dir(), ORIGIN, Clock.systemUTC(), new FileLedgerKeys(disk, dir().resolve("key")), disk);
            append(ledger, 2);
            ledger.checkpoint();
            before = ledger.size();
            disk.writesLeft = step;
            try {
                ledger.rotateKey(ALICE, "yearly");
                finished++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("crash");
            }
            try {
                ledger.close(); // writes nothing any more, either: that is the crash
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("crash");
            }
            try (FileLedger again = open()) {
                assertThat(again.size()).as("step %s", step).isBetween(before, before + 1);
                append(again, 1);
            }
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.problem()).as("after a crash at step %s", step).isNull();
            assertThat(keys().load().orElseThrow().lines()).as("step %s", step).hasSize(1);
        }
        assertThat(steps).isGreaterThan(8);
    }

    @Test
    public void lostOrDamagedKeyIsAStateOfItsOwnAndChangesNothing() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 2);
        }
        Path key = dir().resolve("key");
        String good = Files.readString(key);
        Files.delete(key);
        state(LedgerKeyException.State.MISSING);
        Files.writeString(key, "nonsense\n");
        state(LedgerKeyException.State.DAMAGED);
        Files.writeString(key, good.substring(0, good.length() - 5) + "AAA=\n");
        state(LedgerKeyException.State.DAMAGED);
        Files.writeString(key, SigningKey.create(ORIGIN, new java.security.SecureRandom()) + "\n");
        state(LedgerKeyException.State.FOREIGN);
        Files.writeString(key, good);
        open().close();
    }

    private void state(LedgerKeyException.State state) throws IOException {
        String before = Files.readString(dir().resolve("checkpoint"));
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        LedgerKeyException.class, e -> assertThat(e.state()).isEqualTo(state))
                .hasMessageContaining("ledger in " + dir());
        assertThat(Files.readString(dir().resolve("checkpoint"))).isEqualTo(before);
        assertThat(LedgerVerifier.verify(dir()).firstBad()).isEqualTo(-1);
    }

    @Test
    public void personMayConfirmThatTheKeyIsLost() throws Exception {
        String old;
        try (FileLedger ledger = open()) {
            append(ledger, 300);
            old = ledger.checkpoint().note();
        }
        Files.delete(dir().resolve("key"));
        try (FileLedger ledger =
                FileLedger.openWithoutKey(dir(), NEXT, Clock.systemUTC(), keys(), ALICE, "the disk died")) {
            assertThat(ledger.origin()).isEqualTo(NEXT);
            Entry entry = ledger.entry(300);
            assertThat(entry.kind()).isEqualTo(EventKind.EPOCH_STARTED);
            assertThat(entry.text("signature")).isNull();
            assertThat(entry.data().get("size").asLong()).isEqualTo(300);
            append(ledger, 1);
        }
        LedgerReport report = LedgerVerifier.verify(dir(), old);
        assertThat(report.problem()).isNull();
        assertThat(report.notes()).anyMatch(note -> note.contains("without the signature"));
        open().close();
    }

    @Test
    public void newEpochHasAnotherNameAndASignedLink() throws Exception {
        String old;
        try (FileLedger ledger = open()) {
            append(ledger, 300);
            old = ledger.checkpoint().note();
            assertThatThrownBy(() -> ledger.startEpoch(ORIGIN, "restored", 0, ALICE, "yes"))
                    .hasMessageContaining("another origin");
            Entry entry = ledger.startEpoch(NEXT, "restored", 400, ALICE, "yes");
            assertThat(entry.data().get("lost").asLong()).isEqualTo(400);
            assertThat(ledger.checkpoint().note()).startsWith(NEXT + "\n301\n");
            append(ledger, 1);
        }
        assertThat(LedgerVerifier.verify(dir(), old).problem()).isNull();
        try (FileLedger ledger = open()) {
            assertThat(ledger.origin()).isEqualTo(NEXT);
        }
    }
}
