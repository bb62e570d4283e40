package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.Test;

public class SignedCheckpointTest {

    /** The example of Go's note package, which C2SP signed-note describes. */
    private static final String VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    private static final String SIGNATURE =
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    @Test
    public void knownKeyAndSignature() {
        VerifierKey key = VerifierKey.parse(VKEY);
        assertThat(key.name()).isEqualTo("PeterNeumann");
        assertThat(key.toString()).isEqualTo(VKEY);
        byte[] keyed = java.util.Base64.getDecoder().decode(SIGNATURE);
        assertThat(java.util.Arrays.copyOf(keyed, 4)).isEqualTo(key.keyId());
        byte[] signature = java.util.Arrays.copyOfRange(keyed, 4, keyed.length);
        assertThat(key.verifies(TEXT.getBytes(), signature)).isTrue();
        assertThat(key.verifies((TEXT + " ").getBytes(), signature)).isFalse();
    }

    @Test
    public void knownPrivateKey() {
        String secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        SigningKey key = SigningKey.parse(secret, VerifierKey.parse(VKEY));
        byte[] signature = key.sign(TEXT.getBytes());
        byte[] keyed = java.util.Base64.getDecoder().decode(SIGNATURE);
        assertThat(signature).isEqualTo(java.util.Arrays.copyOfRange(keyed, 4, keyed.length));
    }

    @Test
    public void readsBackWhatItSignsAndKeepsOtherSignatures() {
        SigningKey key = SigningKey.create("a/b", new SecureRandom());
        SigningKey witness = SigningKey.create("w", new SecureRandom());
        Checkpoint checkpoint = SignedCheckpoint.sign("a/b", 7, new byte[32], key);
        String second = SignedCheckpoint.sign("a/b", 7, new byte[32], witness)
                .note()
                .lines()
                .toList()
                .get(4);
        assertThat(SignedCheckpoint.verify(checkpoint.note(), key.verifier())).isEqualTo(checkpoint);
        assertThat(SignedCheckpoint.verify(checkpoint.note() + second + "\n", key.verifier())
                        .size())
                .isEqualTo(7);
        assertThatThrownBy(() -> SignedCheckpoint.verify(
                        checkpoint.note(),
                        SigningKey.create("a/b", new SecureRandom()).verifier()))
                .hasMessageContaining("foreign key");
        assertThatThrownBy(() -> SignedCheckpoint.verify(checkpoint.note().replace("\n7\n", "\n8\n"), key.verifier()))
                .hasMessageContaining("did not make");
        assertThatThrownBy(() -> SignedCheckpoint.verify(checkpoint.note().replace("\n7\n", "\n07\n"), key.verifier()))
                .hasMessageContaining("not a signed checkpoint");
        assertThatThrownBy(() -> VerifierKey.parse(key.verifier().toString().replace("a/b", "a/c")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void tilePathsAreThoseOfC2sp() {
        assertThat(new TilePath(0, 1_234_067, 256)).hasToString("0/x001/x234/067");
        assertThat(new TilePath(1, 67, 8)).hasToString("1/067.p/8");
        assertThat(new TilePath(TilePath.ENTRIES, 1_067, 1)).hasToString("entries/x001/067.p/1");
        for (String path : new String[] {"0/x001/x234/067", "1/067.p/8", "entries/x001/067.p/1", "0/000"}) {
            assertThat(TilePath.parse(path)).map(TilePath::toString).contains(path);
        }
        for (String path : new String[] {"0/1", "0/000.p/256", "0/000.p/0", "00/000", "0/x000/001", "0/000.new"}) {
            assertThat(TilePath.parse(path)).as(path).isEmpty();
        }
    }
}
