package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.archive.StreamHash;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A file that was taken apart into a pack.
 *
 * @param recipe where its recipe is
 * @param transcript of the file's own parts, for comparison with what the pack gives back
 * @param proven which profiles make the members that were not known before
 */
public record Written(PieceRef recipe, byte[] transcript, Map<StreamHash, DeflateProfile> proven) {

    public Written {
        transcript = transcript.clone();
        proven = Map.copyOf(proven);
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
