package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import org.junit.Test;

public class RecordCheckTest extends LedgerTestBase {

    @Test
    public void aRecordOfThenHoldsInTheLedgerOfNow() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 300);
            String then = ledger.checkpoint().note();
            append(ledger, 300);
            RecordCheck check = RecordCheck.of(ledger, then, List.of(0L, 255L, 256L, 299L));
            assertThat(check.problem()).isNull();
            assertThat(check.ok()).isTrue();
            assertThat(check.proven()).isEqualTo(4);
            assertThat(check.entries()).isEqualTo(600);
            assertThat(RecordCheck.of(ledger, null, List.of(599L)).ok()).isTrue();
        }
    }

    /** An older copy of the folder has the right key and verifies in itself. */
    @Test
    public void anOlderCopyIsFoundByWhatIsKeptElsewhere() throws Exception {
        String note;
        try (FileLedger ledger = open()) {
            append(ledger, 10);
        }
        Path copy = copy(dir(), folder.getRoot().toPath().resolve("copy"));
        try (FileLedger ledger = open()) {
            append(ledger, 10);
            note = ledger.checkpoint().note();
        }
        try (FileLedger ledger =
                FileLedger.open(copy, ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(copy.resolve("key")))) {
            assertThat(RecordCheck.of(ledger, note, List.of(3L)).problem())
                    .isEqualTo("what is kept here is a checkpoint of " + ORIGIN
                            + " that covers 20 entries, this ledger has 10");
            RecordCheck missing = RecordCheck.of(ledger, null, List.of(3L, 11L));
            assertThat(missing.problem()).isEqualTo("entry 11 is missing: the ledger has only 10");
            assertThat(missing.proven()).isEqualTo(1);
            append(ledger, 15);
            assertThat(RecordCheck.of(ledger, note, List.of(3L)).problem())
                    .isEqualTo("what is kept here is a checkpoint of " + ORIGIN
                            + " that covers 20 entries, and they are not the ones that are here");
        }
    }

    @Test
    public void whatAnEarlierKeySignedStillCounts() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 5);
            String note = ledger.checkpoint().note();
            ledger.rotateKey(Actor.user("admin"), "yearly");
            append(ledger, 5);
            assertThat(RecordCheck.of(ledger, note, List.of(0L, 9L)).problem()).isNull();
        }
    }

    /** A build is often older than what the retention schedule keeps. */
    @Test
    public void anEntryThatWasDroppedSinceBreaksNothing() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 300);
            String note = ledger.checkpoint().note();
            BitSet old = new BitSet();
            old.set(7, 10);
            ledger.drop(DropTest.swept(old), Condition.ALWAYS);
            RecordCheck check = RecordCheck.of(ledger, note, List.of(6L, 7L, 9L, 299L));
            assertThat(check.problem()).isNull();
            assertThat(check.proven()).isEqualTo(4);
        }
    }

    @Test
    public void aCheckpointOfAnotherLogIsRefused() throws Exception {
        String foreign;
        try (MemoryLedger other = new MemoryLedger(Clock.systemUTC())) {
            append(other, 2);
            foreign = other.checkpoint().note();
        }
        try (FileLedger ledger = open()) {
            append(ledger, 2);
            assertThat(RecordCheck.of(ledger, foreign, List.of()).problem())
                    .startsWith("what is kept here is a checkpoint that ");
            assertThat(RecordCheck.of(ledger, "nothing", List.of()).problem())
                    .isEqualTo("what is kept here is a checkpoint that is not a signed checkpoint");
        }
    }
}
