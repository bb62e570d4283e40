package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflatedStream;
import io.jenkins.plugins.rollback.engine.vault.parallel.Ahead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Carries out a recipe, or the part of one that is deflated: needs no more memory for a large file than for a small.
 *
 * <p>Members of an archive are deflated ahead on other threads. The packs are read by the reading thread alone: it gathers
 * the bytes of the next members, hands each to be deflated, and goes on to the one after. A member that is too large to be
 * gathered is deflated while it is read, and nothing behind it is looked at before.
 */
final class RecipeStream extends InputStream {

    /** Bytes that are gathered and not read yet, before they are deflated. */
    private static final long MOST_AHEAD = 8L << 20;

    /** Parts that are gathered; a bound for tiny ones. */
    private static final int MOST_PARTS = 2048;

    /** A deflated part of more bytes is not gathered. */
    private static final long LARGEST_GATHERED = 6L << 20;

    /** Opens what was gathered or begun. */
    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    /** @param size bytes in memory for it, about */
    private record Part(Opening opening, Ahead<byte[]> ahead, long size) {}

    private final PackReader reader;
    private final Recipe recipe;
    private final Recipe.Cursor cursor;
    private final boolean whole;

    private final Deque<Part> parts = new ArrayDeque<>();
    private long gathered;

    /** Whether nothing is left in the recipe for this stream. */
    private boolean complete;

    /** Whether the last of the parts reads on in the recipe by itself. */
    private boolean handedOver;

    private InputStream current = InputStream.nullInputStream();

    /** @param reader closed with this stream */
    RecipeStream(PackReader reader, Recipe recipe) {
        this(reader, recipe, recipe.cursor(), true);
    }

    private RecipeStream(PackReader reader, Recipe recipe, Recipe.Cursor cursor, boolean whole) {
        this.reader = reader;
        this.recipe = recipe;
        this.cursor = cursor;
        this.whole = whole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (true) {
            int n = current.read(buffer, offset, length);
            if (n > 0) {
                return n;
            }
            if (parts.isEmpty()) {
                handedOver = false; // what had been handed over was read to its end
            }
            gather(MOST_AHEAD);
            Part next = parts.poll();
            if (next == null) {
                return -1;
            }
            gathered -= next.size();
            current = next.opening().open();
        }
    }

    /** Reads on in the recipe until so many bytes are gathered. */
    private void gather(long most) throws IOException {
        while (!complete && !handedOver && gathered < most && parts.size() < MOST_PARTS) {
            if (!cursor.next()) {
                if (!whole) {
                    throw new IOException("a recipe is damaged: a deflated part has no end");
                }
                complete = true;
                return;
            }
            switch (cursor.operation) {
                case Recipe.STRUCTURE -> add(recipe.bytes, cursor.from, cursor.length);
                case Recipe.PIECE -> {
                    byte[] piece = reader.piece(cursor.piece);
                    add(piece, 0, piece.length);
                }
                case Recipe.DEFLATE -> addDeflated(Recipe.profile(cursor));
                default -> {
                    if (whole) {
                        throw new IOException("a recipe is damaged: an end without a beginning");
                    }
                    complete = true;
                }
            }
        }
    }

    private void add(byte[] bytes, int from, int length) {
        add(new Part(() -> new ByteArrayInputStream(bytes, from, length), null, length));
    }

    private void add(Part part) {
        parts.add(part);
        gathered += part.size();
    }

    /** The part reads the operations up to its end; this stream goes on behind them. */
    private void addDeflated(DeflateProfile profile) throws IOException {
        RecipeStream inner = inner();
        inner.gather(LARGEST_GATHERED);
        if (inner.complete) {
            // has all it needs, and so touches neither the reader nor the recipe from now on
            Ahead<byte[]> deflated = Ahead.start(() -> {
                try (InputStream in = new DeflatedStream(inner, profile)) {
                    return in.readAllBytes();
                }
            });
            add(new Part(() -> new ByteArrayInputStream(deflated.get()), deflated, inner.gathered));
        } else {
            add(new Part(() -> new DeflatedStream(inner, profile), null, inner.gathered));
            handedOver = true;
        }
    }

    /** Of the operations from where the cursor stands to the matching end. */
    private RecipeStream inner() {
        return new RecipeStream(reader, recipe, cursor, false);
    }

    @Override
    public void close() throws IOException {
        current.close();
        for (Part part : parts) {
            if (part.ahead() != null) {
                part.ahead().forget();
            }
        }
        if (whole) {
            reader.close();
        }
    }
}
