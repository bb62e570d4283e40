package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pack says about itself: its groups, the lengths of its pieces and the hashes of those that may be shared.
 *
 * @param pack its id
 * @param owner SHA-256 of the content for which it was written
 * @param created milliseconds since 1970
 * @param lengths of the pieces
 * @param hashes {@link PieceHash#LENGTH} bytes for each of the first pieces; the pieces after them have none
 */
record PackDirectory(String pack, String owner, long created, List<Group> groups, int[] lengths, byte[] hashes) {

    private static final int ID_BYTES = 16;
    private static final int OWNER_BYTES = 32;
    private static final int MOST = 1 << 26;

    byte[] toBytes() {
        Varints.Writer out = new Varints.Writer().putHex(owner).put(created);
        Map<String, Integer> packs = new LinkedHashMap<>();
        packs.put(pack, 0);
        groups.forEach(group -> group.bases().forEach(base -> packs.putIfAbsent(base.pack(), packs.size())));
        out.put(packs.size() - 1);
        packs.keySet().stream().skip(1).forEach(out::putHex);
        out.put(groups.size());
        for (Group group : groups) {
            out.put(group.offset())
                    .put(group.length())
                    .put(group.depth())
                    .put(group.pieces())
                    .put(group.bases().size());
            group.bases().forEach(base -> out.put(packs.get(base.pack())).put(base.piece()));
        }
        for (int length : lengths) {
            out.put(length);
        }
        return out.put(hashes.length / PieceHash.LENGTH).put(hashes).toBytes();
    }

    static PackDirectory parse(String pack, byte[] bytes) throws IOException {
        Varints.Reader in = new Varints.Reader(bytes, 0, bytes.length);
        String owner = in.getHex(OWNER_BYTES);
        long created = in.get();
        List<String> packs = new ArrayList<>(List.of(pack));
        for (int left = in.get(MOST); left > 0; left--) {
            packs.add(in.getHex(ID_BYTES));
        }
        List<Group> groups = new ArrayList<>();
        int pieces = 0;
        for (int left = in.get(MOST); left > 0; left--) {
            long offset = in.get();
            int length = in.get(Integer.MAX_VALUE);
            int depth = in.get(Group.DEEPEST);
            int count = in.get(MOST);
            List<PieceRef> bases = new ArrayList<>();
            for (int base = in.get(MOST); base > 0; base--) {
                bases.add(new PieceRef(packs.get(in.get(packs.size() - 1)), in.get(MOST)));
            }
            groups.add(new Group(offset, length, depth, pieces, count, 0, bases));
            pieces = Math.addExact(pieces, count);
        }
        int[] lengths = new int[Math.min(pieces, bytes.length)];
        for (int i = 0; i < pieces; i++) {
            lengths[i] = in.get(MOST);
        }
        int hashed = in.get(pieces);
        int from = in.skip(hashed * PieceHash.LENGTH);
        byte[] hashes = Arrays.copyOfRange(bytes, from, from + hashed * PieceHash.LENGTH);
        return new PackDirectory(pack, owner, created, sized(groups, lengths), lengths, hashes);
    }

    private static List<Group> sized(List<Group> groups, int[] lengths) throws IOException {
        List<Group> sized = new ArrayList<>();
        for (Group group : groups) {
            long size = 0;
            for (int i = 0; i < group.pieces(); i++) {
                size += lengths[group.firstPiece() + i];
            }
            if (size > MOST) {
                throw new IOException("a group is impossibly large");
            }
            sized.add(new Group(
                    group.offset(),
                    group.length(),
                    group.depth(),
                    group.firstPiece(),
                    group.pieces(),
                    (int) size,
                    group.bases()));
        }
        return sized;
    }

    /** Index of the group that has a piece. */
    int groupOf(int piece) throws IOException {
        int low = 0;
        int high = groups.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Group group = groups.get(middle);
            if (piece < group.firstPiece()) {
                high = middle - 1;
            } else if (piece >= group.firstPiece() + group.pieces()) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        throw new IOException("pack " + pack + " has no piece " + piece);
    }

    /** Where a piece begins among those of its group. */
    int offset(Group group, int piece) {
        int offset = 0;
        for (int i = group.firstPiece(); i < piece; i++) {
            offset += lengths[i];
        }
        return offset;
    }

    /** Number of pieces that have a hash. */
    int hashed() {
        return hashes.length / PieceHash.LENGTH;
    }
}
