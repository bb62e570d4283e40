package io.jenkins.plugins.rollback.engine.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the first entry of a bundle that does not match its leaf hash, and guesses what was done to it. */
final class BundleDiff {

    private final int firstBad;
    private final String what;

    /** @param kept whether entries may have been dropped: an empty one then matches every hash */
    BundleDiff(List<byte[]> entries, List<byte[]> hashes, int width, boolean kept) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            boolean dropped = kept && entries.get(i).length == 0 && i < hashes.size();
            leaves.add(dropped ? hashes.get(i) : Merkle.leaf(entries.get(i)));
        }
        int bad = 0;
        while (bad < width
                && bad < hashes.size()
                && bad < leaves.size()
                && Arrays.equals(leaves.get(bad), hashes.get(bad))) {
            bad++;
        }
        firstBad = bad < width && bad < hashes.size() ? bad : -1;
        what = firstBad < 0 ? null : guess(leaves, hashes, bad);
    }

    /** Place within the bundle, or -1 when all match. */
    int firstBad() {
        return firstBad;
    }

    String what() {
        return what;
    }

    private static String guess(List<byte[]> leaves, List<byte[]> hashes, int bad) {
        if (bad >= leaves.size()) {
            return "is cut off";
        }
        int place = find(hashes, leaves.get(bad));
        boolean gone = find(leaves, hashes.get(bad)) < 0;
        if (place < 0) {
            return gone ? "was changed: it does not match its hash" : "is preceded by an entry that was not stored";
        }
        return gone
                ? "was deleted: entry " + (place - bad) + " after it stands in its place"
                : "is out of order: an entry from " + Math.abs(place - bad) + " places away stands in its place";
    }

    private static int find(List<byte[]> hashes, byte[] hash) {
        for (int i = 0; i < hashes.size(); i++) {
            if (Arrays.equals(hashes.get(i), hash)) {
                return i;
            }
        }
        return -1;
    }
}
