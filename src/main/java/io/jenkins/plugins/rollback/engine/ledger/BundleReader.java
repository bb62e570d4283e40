package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads entries from full bundles, the last few of which it remembers. Thread safe. */
final class BundleReader {

    private static final int REMEMBERED = 16;

    private final TileFiles files;
    private final Map<Long, List<byte[]>> recent = new LinkedHashMap<>(32, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<byte[]>> eldest) {
            return size() > REMEMBERED;
        }
    };

    BundleReader(TileFiles files) {
        this.files = files;
    }

    /**
     * The bytes of an entry, none when it was dropped; do not modify.
     *
     * @throws DamagedLedgerException when it is not what was stored
     */
    byte[] entry(long index) throws IOException {
        return bundle(index / TilePath.FULL).get((int) (index % TilePath.FULL));
    }

    /** Reads a bundle anew the next time: entries were dropped from it. */
    void forget(long number) {
        synchronized (recent) {
            recent.remove(number);
        }
    }

    /** All entries of a bundle as they are on the disk. */
    List<byte[]> read(long number) throws IOException {
        return files.entries(new TilePath(TilePath.ENTRIES, number, TilePath.FULL));
    }

    private List<byte[]> bundle(long number) throws IOException {
        synchronized (recent) {
            List<byte[]> bundle = recent.get(number);
            if (bundle != null) {
                return bundle;
            }
        }
        List<byte[]> bundle = read(number);
        synchronized (recent) {
            recent.put(number, bundle);
        }
        return bundle;
    }
}
