package io.jenkins.plugins.rollback.engine.vault.pack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pieces the packs have, by their hashes; in memory, about 60 bytes a piece. A table of open addressing: a million
 * entries of a {@link HashMap} would take a third of a gigabyte.
 */
final class PieceIndex {

    private static final int FREE = -1;

    private final List<PackDirectory> packs = new ArrayList<>();
    private final Map<String, PackDirectory> known = new HashMap<>();

    private long[] a = new long[1 << 12];
    private long[] b = new long[a.length];
    private int[] c = new int[a.length];
    private int[] pack = free(a.length);
    private int[] piece = new int[a.length];
    private int size;

    /** Directory of a pack that was added. */
    synchronized PackDirectory directory(String id) {
        return known.get(id);
    }

    /** Adds the pieces of a pack; those that are known from another stay where they are. */
    synchronized void add(PackDirectory directory) {
        int number = packs.size();
        packs.add(directory);
        known.put(directory.pack(), directory);
        ByteBuffer hashes = ByteBuffer.wrap(directory.hashes());
        for (Group group : directory.groups()) {
            for (int i = group.firstPiece(); i < group.firstPiece() + group.pieces(); i++) {
                if (i < directory.hashed() && !group.isDropped()) {
                    add(PieceHash.read(hashes.position(i * PieceHash.LENGTH)), number, i);
                }
            }
        }
    }

    private void add(PieceHash hash, int packNumber, int pieceNumber) {
        if (size * 2 > a.length) {
            grow();
        }
        int slot = slot(hash.a(), hash.b(), hash.c());
        if (pack[slot] == FREE) {
            put(slot, hash.a(), hash.b(), hash.c(), packNumber, pieceNumber);
        }
    }

    private void put(int slot, long first, long second, int third, int packNumber, int pieceNumber) {
        a[slot] = first;
        b[slot] = second;
        c[slot] = third;
        pack[slot] = packNumber;
        piece[slot] = pieceNumber;
        size++;
    }

    /** Where a piece with this hash lies, or {@code null}. */
    synchronized PieceRef find(PieceHash hash) {
        int slot = slot(hash.a(), hash.b(), hash.c());
        return pack[slot] == FREE ? null : new PieceRef(packs.get(pack[slot]).pack(), piece[slot]);
    }

    private int slot(long first, long second, int third) {
        int slot = (int) first & a.length - 1;
        while (pack[slot] != FREE && (a[slot] != first || b[slot] != second || c[slot] != third)) {
            slot = slot + 1 & a.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldA = a;
        long[] oldB = b;
        int[] oldC = c;
        int[] oldPack = pack;
        int[] oldPiece = piece;
        int capacity = a.length * 2;
        a = new long[capacity];
        b = new long[capacity];
        c = new int[capacity];
        pack = free(capacity);
        piece = new int[capacity];
        size = 0;
        for (int i = 0; i < oldA.length; i++) {
            if (oldPack[i] != FREE) {
                put(slot(oldA[i], oldB[i], oldC[i]), oldA[i], oldB[i], oldC[i], oldPack[i], oldPiece[i]);
            }
        }
    }

    private static int[] free(int capacity) {
        int[] slots = new int[capacity];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
