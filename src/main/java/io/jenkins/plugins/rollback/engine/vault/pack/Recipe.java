package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file is put together again: a list of operations over the file's structure (the bytes that belong to archives
 * themselves) and pieces. Parsed from the piece that holds it.
 */
final class Recipe {

    /** Ends what the last {@link #DEFLATE} without an end began. */
    static final int END = 0;

    /** The next so many bytes of the structure. */
    static final int STRUCTURE = 1;

    /** A whole piece. */
    static final int PIECE = 2;

    /** From here to the matching end, everything together is deflated. */
    static final int DEFLATE = 3;

    private static final int ID_BYTES = 16;
    private static final int MOST = 1 << 30;

    final byte[] bytes;
    final List<String> packs = new ArrayList<>();
    final int operations;
    final int structure;

    /** @param own the pack that holds the recipe: number 0 in its list */
    private Recipe(String own, byte[] bytes) throws IOException {
        this.bytes = bytes;
        Varints.Reader in = new Varints.Reader(bytes, 0, bytes.length);
        packs.add(own);
        for (int left = in.get(bytes.length); left > 0; left--) {
            packs.add(in.getHex(ID_BYTES));
        }
        int length = in.get(bytes.length);
        operations = in.skip(length);
        structure = operations + length;
    }

    /** @throws IOException when it is damaged */
    static Recipe read(PackReader reader, PieceRef body) throws IOException {
        return new Recipe(body.pack(), reader.piece(body));
    }

    static byte[] toBytes(List<String> packs, byte[] operations, byte[] structure) {
        Varints.Writer out = new Varints.Writer().put(packs.size() - 1L);
        packs.stream().skip(1).forEach(out::putHex);
        return out.put(operations.length).put(operations).put(structure).toBytes();
    }

    Cursor cursor() {
        return new Cursor();
    }

    /** All pieces in the order of the file, as often as they stand in it. */
    List<PieceRef> pieces() throws IOException {
        List<PieceRef> refs = new ArrayList<>();
        for (Cursor cursor = cursor(); cursor.next(); ) {
            if (cursor.operation == PIECE) {
                refs.add(cursor.piece);
            }
        }
        return refs;
    }

    /**
     * The profile of a {@link #DEFLATE} at which a cursor stands.
     *
     * @throws IOException when this version knows no such profile
     */
    static DeflateProfile profile(Cursor cursor) throws IOException {
        try {
            return DeflateProfile.of(cursor.profile);
        } catch (IllegalArgumentException e) {
            throw new IOException("a recipe needs a newer version: " + e.getMessage(), e);
        }
    }

    /** Goes over the operations. */
    final class Cursor {

        private final Varints.Reader in = new Varints.Reader(bytes, operations, structure);
        private final PieceNumbers numbers = new PieceNumbers();
        private int nextStructure = structure;

        int operation;

        /** Of {@link #STRUCTURE}: where its bytes are in {@link #bytes}. */
        int from;

        int length;

        /** Of {@link #PIECE}. */
        PieceRef piece;

        /** Of {@link #DEFLATE}. */
        int profile;

        /** Goes to the next operation; false at the end of the list. */
        boolean next() throws IOException {
            if (!in.hasMore()) {
                return false;
            }
            operation = in.get(DEFLATE);
            switch (operation) {
                case STRUCTURE -> {
                    length = in.get(bytes.length - nextStructure);
                    from = nextStructure;
                    nextStructure += length;
                }
                case PIECE -> {
                    int pack = in.get(packs.size() - 1);
                    long number = numbers.number(pack, in.getSigned());
                    if (number < 0 || number > MOST) {
                        throw new IOException("a recipe is damaged: it names piece " + number);
                    }
                    piece = new PieceRef(packs.get(pack), (int) number);
                }
                case DEFLATE -> profile = in.get(Byte.MAX_VALUE);
                default -> {
                    // END has nothing more to say
                }
            }
            return true;
        }
    }
}
