package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.Test;

public class ConsistencyProofTest extends LedgerTestBase {

    @Test
    public void provesThatEveryEarlierTreeIsAPrefixWhateverTheKey() throws Exception {
        List<String> notes = new ArrayList<>();
        try (FileLedger ledger = open()) {
            notes.add(ledger.checkpoint().note());
            for (int step : new int[] {1, 254, 1, 44, 300}) {
                append(ledger, step);
                notes.add(ledger.checkpoint().note());
            }
            ledger.rotateKey(Actor.user("alice"), null);
            append(ledger, 10);
        }
        for (String note : notes) {
            ConsistencyProof proof = ConsistencyProof.of(dir(), note);
            assertThat(proof.checkpoint().size()).isEqualTo(611);
            assertThat(Proofs.isConsistent(
                            proof.old().size(), root(proof.old()), 611, root(proof.checkpoint()), proof.hashes()))
                    .as(note)
                    .isTrue();
            assertThat(proof.text())
                    .startsWith("old " + proof.old().size() + "\n")
                    .endsWith("\n\n" + proof.checkpoint().note());
        }
    }

    private static byte[] root(Checkpoint checkpoint) {
        return Base64.getDecoder().decode(checkpoint.rootHash());
    }

    @Test
    public void provesNothingForAnotherLedgerOrALargerOne() throws Exception {
        Path other = folder.newFolder().toPath();
        String foreign;
        try (FileLedger ledger =
                FileLedger.open(other, ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(other.resolve("key")))) {
            append(ledger, 1);
            foreign = ledger.checkpoint().note();
        }
        try (FileLedger ledger = open()) {
            append(ledger, 2);
        }
        assertThatThrownBy(() -> ConsistencyProof.of(dir(), foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("foreign key");
        SigningKey key = KeyRing.of(
                        LedgerKeys.inFile(dir().resolve("key")).load().orElseThrow())
                .find(LedgerStart.verifierKey(new Disk(), dir()))
                .orElseThrow();
        String larger = SignedCheckpoint.sign(ORIGIN, 9, new byte[32], key).note();
        assertThatThrownBy(() -> ConsistencyProof.of(dir(), larger)).hasMessageContaining("cut off");
        String forked = SignedCheckpoint.sign(ORIGIN, 1, new byte[32], key).note();
        assertThatThrownBy(() -> ConsistencyProof.of(dir(), forked))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("written anew");
    }
}
