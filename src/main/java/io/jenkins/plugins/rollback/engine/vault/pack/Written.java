package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.IOException;
import java.security.MessageDigest;

/**
 * A file that was taken apart into a pack.
 *
 * @param recipe where its recipe is
 * @param transcript of the file's own parts, for comparison with what the pack gives back
 */
public record Written(PieceRef recipe, byte[] transcript) {

    public Written {
        transcript = transcript.clone();
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    /**
     * Reads the recipe and all its pieces back from the packs, and compares every byte with the file's.
     *
     * @throws IOException when anything differs or cannot be read
     */
    public void requireSame(PackReader reader) throws IOException {
        if (!MessageDigest.isEqual(transcript, Transcript.of(reader, recipe))) {
            throw new IOException("the pack does not give back what was written into it");
        }
    }
}
