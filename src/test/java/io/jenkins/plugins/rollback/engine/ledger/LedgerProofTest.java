package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class LedgerProofTest extends LedgerTestBase {

    @Test
    public void everyEntryCanBeProvedFromTheFilesAlone() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 600);
            Checkpoint checkpoint = ledger.checkpoint();
            VerifierKey key = LedgerStart.verifierKey(new Disk(), dir());
            for (int index = 0; index < 600; index += index < 520 ? 13 : 1) {
                LedgerProof proof = LedgerProof.of(dir(), index);
                byte[] entry = ledger.raw(index);
                assertThat(proof.hashes().size()).isLessThanOrEqualTo(10);
                assertThat(proof.text().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_536);
                LedgerProof read = LedgerProof.verify(proof.text(), entry, key);
                assertThat(read.index()).isEqualTo(index);
                assertThat(read.checkpoint()).isEqualTo(checkpoint);
                entry[20] ^= 1;
                assertThatThrownBy(() -> LedgerProof.verify(proof.text(), entry, key))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is not entry " + index);
            }
            assertThatThrownBy(() -> LedgerProof.of(dir(), 600)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    public void earlierTreeIsProvedToBeAPrefix() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 100);
            Checkpoint old = ledger.checkpoint();
            append(ledger, 480);
            Checkpoint now = ledger.checkpoint();
            TileHashes hashes = new TileHashes(new TileFiles(new Disk(), dir()), now.size());
            assertThat(Proofs.isConsistent(
                            old.size(),
                            java.util.Base64.getDecoder().decode(old.rootHash()),
                            now.size(),
                            java.util.Base64.getDecoder().decode(now.rootHash()),
                            Proofs.consistency(hashes, old.size(), now.size())))
                    .isTrue();
        }
    }
}
