package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pieces that some contents are made of: what somebody who has those contents need not show again. For one thread,
 * for the time of one transfer.
 */
public final class HeldPieces implements Closeable {

    /** More than this would take too much memory; what is beyond counts as not held. */
    private static final int MOST = 1 << 19;

    private final PackReader reader;
    private final Map<PieceHash, PieceRef> pieces = new HashMap<>();
    private final Recipes recipes;

    /** Finds where the recipe of a content is. */
    @FunctionalInterface
    public interface Recipes {

        /** Nothing when the content is kept whole, or not at all. */
        Optional<PieceRef> of(String sha256) throws IOException;
    }

    /** @param files where the pack of an id lies */
    public HeldPieces(Function<String, Path> files, Recipes recipes) {
        reader = new PackReader(files);
        this.recipes = recipes;
    }

    /**
     * Adds the pieces of a content, if there is room for them.
     *
     * @throws IOException when its recipe cannot be read
     */
    public void add(String sha256) throws IOException {
        Optional<PieceRef> recipe = pieces.size() < MOST ? recipes.of(sha256) : Optional.empty();
        if (recipe.isEmpty()) {
            return;
        }
        for (PieceRef ref : Recipe.read(reader, recipe.get()).pieces()) {
            PackDirectory directory = reader.directory(ref.pack());
            if (pieces.size() < MOST && ref.piece() < directory.hashed()) {
                ByteBuffer hash = ByteBuffer.wrap(directory.hashes()).position(ref.piece() * PieceHash.LENGTH);
                pieces.putIfAbsent(PieceHash.read(hash), ref);
            }
        }
    }

    /** Whether these contents have the piece. */
    public boolean has(PieceHash hash) {
        return pieces.containsKey(hash);
    }

    /**
     * The bytes of a piece that is held, or nothing.
     *
     * @throws IOException also when they were collected meanwhile
     */
    public Optional<byte[]> read(PieceHash hash) throws IOException {
        PieceRef ref = pieces.get(hash);
        return ref == null ? Optional.empty() : Optional.of(reader.piece(ref));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
