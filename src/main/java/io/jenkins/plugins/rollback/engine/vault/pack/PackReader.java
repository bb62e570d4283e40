package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads pieces, and keeps what it has decompressed lately: neighbours in an archive are mostly neighbours in a pack. For
 * one thread, for the time of one file.
 */
public final class PackReader implements Closeable {

    /** Bytes of decompressed groups that are kept. */
    private static final long KEPT = 32L << 20;

    private final Function<String, Path> files;
    private final Map<String, PackFile> open = new HashMap<>();

    /** Groups in the order of their last use. */
    private final Map<PieceRef, byte[]> groups = new LinkedHashMap<>(16, 0.75f, true);

    private long kept;

    /** @param files where the pack of an id lies */
    public PackReader(Function<String, Path> files) {
        this.files = files;
    }

    PackDirectory directory(String pack) throws IOException {
        return file(pack).directory();
    }

    private PackFile file(String pack) throws IOException {
        PackFile file = open.get(pack);
        if (file == null) {
            file = PackFile.open(files.apply(pack), pack);
            open.put(pack, file);
        }
        return file;
    }

    /** Length of a piece in bytes. */
    int length(PieceRef ref) throws IOException {
        int[] lengths = directory(ref.pack()).lengths();
        if (ref.piece() < 0 || ref.piece() >= lengths.length) {
            throw new IOException("pack " + ref.pack() + " has no piece " + ref.piece());
        }
        return lengths[ref.piece()];
    }

    /** The group that has a piece. */
    Group group(PieceRef ref) throws IOException {
        PackDirectory directory = directory(ref.pack());
        return directory.groups().get(directory.groupOf(ref.piece()));
    }

    /** The bytes of a piece. */
    byte[] piece(PieceRef ref) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length(ref));
        copy(ref, out);
        return out.toByteArray();
    }

    /** Hashes a piece. */
    void update(PieceRef ref, MessageDigest digest) throws IOException {
        Group group = group(ref);
        digest.update(bytes(ref.pack(), group), offset(ref, group), length(ref));
    }

    private void copy(PieceRef ref, ByteArrayOutputStream out) throws IOException {
        Group group = group(ref);
        out.write(bytes(ref.pack(), group), offset(ref, group), length(ref));
    }

    /** Where a piece begins in its group. */
    private int offset(PieceRef ref, Group group) throws IOException {
        return directory(ref.pack()).offset(group, ref.piece());
    }

    private byte[] bytes(String pack, Group group) throws IOException {
        PieceRef key = new PieceRef(pack, group.firstPiece());
        byte[] bytes = groups.get(key);
        if (bytes == null) {
            ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
            for (PieceRef base : group.bases()) {
                if (group(base).depth() >= group.depth()) {
                    throw new IOException("pack " + pack + " is damaged: its groups rest on one another in a circle");
                }
                copy(base, dictionary);
            }
            bytes = file(pack).read(group, dictionary.toByteArray());
            groups.put(key, bytes);
            kept += bytes.length;
            Iterator<byte[]> oldest = groups.values().iterator();
            while (kept > KEPT && groups.size() > 1) {
                kept -= oldest.next().length;
                oldest.remove();
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (PackFile file : open.values()) {
            file.close();
        }
    }
}
