package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A hash over everything that decides what a recipe makes: each byte of the structure, the whole SHA-256 of each piece,
 * each beginning and end of something deflated, in their order. It is taken once of the file while it is taken apart, and
 * once of what is read back from the written pack. When both are equal, the pack makes the file: that the parts make it
 * was seen when it was taken apart (the parts join without a gap, and what is deflated was deflated again and compared),
 * and deflating the same bytes by the same profile makes the same bytes always.
 */
final class Transcript {

    /** After the bytes of each part follow what it was and a number of a fixed length: no two lists write the same. */
    private final ByteBuffer mark = ByteBuffer.allocate(1 + Long.BYTES);

    private final MessageDigest digest = Sha256.digest();
    private long structure;

    /** Bytes of the structure; how they are divided does not matter. */
    void structure(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        structure += length;
    }

    /** @param sha256 all 32 bytes of it */
    void piece(byte[] sha256, int length) {
        endStructure();
        digest.update(sha256);
        mark(Recipe.PIECE, length);
    }

    void beginDeflated(int profile) {
        endStructure();
        mark(Recipe.DEFLATE, profile);
    }

    void endDeflated() {
        endStructure();
        mark(Recipe.END, 0);
    }

    /** Ends it. */
    byte[] hash() {
        endStructure();
        return digest.digest();
    }

    private void endStructure() {
        if (structure > 0) {
            mark(Recipe.STRUCTURE, structure);
            structure = 0;
        }
    }

    private void mark(int operation, long number) {
        digest.update(mark.clear().put((byte) operation).putLong(number).array());
    }

    /**
     * That of a recipe, every byte of it read from the packs.
     *
     * @throws IOException when something of it is damaged or a profile is unknown
     */
    static byte[] of(PackReader reader, PieceRef body) throws IOException {
        Transcript transcript = new Transcript();
        Recipe recipe = Recipe.read(reader, body);
        MessageDigest sha256 = Sha256.digest();
        for (Recipe.Cursor cursor = recipe.cursor(); cursor.next(); ) {
            switch (cursor.operation) {
                case Recipe.STRUCTURE -> transcript.structure(recipe.bytes, cursor.from, cursor.length);
                case Recipe.PIECE -> {
                    reader.update(cursor.piece, sha256);
                    transcript.piece(sha256.digest(), reader.length(cursor.piece));
                }
                case Recipe.DEFLATE -> transcript.beginDeflated(
                        Recipe.profile(cursor).code());
                default -> transcript.endDeflated();
            }
        }
        return transcript.hash();
    }
}
