package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflatedStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Carries out a recipe, or the part of one that is deflated: needs no more memory for a large file than for a small. */
final class RecipeStream extends InputStream {

    private final PackReader reader;
    private final Recipe recipe;
    private final Recipe.Cursor cursor;
    private final boolean whole;
    private InputStream current = InputStream.nullInputStream();
    private boolean ended;

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
        while (!ended) {
            int n = current.read(buffer, offset, length);
            if (n > 0) {
                return n;
            }
            ended = !advance();
        }
        return -1;
    }

    private boolean advance() throws IOException {
        if (!cursor.next()) {
            if (!whole) {
                throw new IOException("a recipe is damaged: a deflated part has no end");
            }
            return false;
        }
        switch (cursor.operation) {
            case Recipe.STRUCTURE -> current = new ByteArrayInputStream(recipe.bytes, cursor.from, cursor.length);
            case Recipe.PIECE -> current = new ByteArrayInputStream(reader.piece(cursor.piece));
            case Recipe.DEFLATE -> current = deflated();
            default -> {
                if (whole) {
                    throw new IOException("a recipe is damaged: an end without a beginning");
                }
                return false;
            }
        }
        return true;
    }

    /** The part reads the operations up to its end; this stream goes on behind them. */
    private InputStream deflated() throws IOException {
        DeflateProfile profile;
        try {
            profile = DeflateProfile.of(cursor.profile);
        } catch (IllegalArgumentException e) {
            throw new IOException("a recipe needs a newer version: " + e.getMessage(), e);
        }
        return new DeflatedStream(new RecipeStream(reader, recipe, cursor, false), profile);
    }

    @Override
    public void close() throws IOException {
        if (whole) {
            reader.close();
        }
    }
}
