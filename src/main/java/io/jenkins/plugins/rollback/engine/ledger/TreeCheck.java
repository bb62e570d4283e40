package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Compares every bundle with the leaf hashes, every tile with what the tiles below it say, and the whole with a signed
 * root, and finds the first entry that is wrong. One use, one thread.
 */
final class TreeCheck {

    private final TileFiles files;
    private final Checkpoint checkpoint;
    private final Checkpoint earlier;
    private final TileHasher hasher = new TileHasher();
    private final Duration clockLimit;
    private final KeyChain keys = new KeyChain();
    private final DropCheck drops = new DropCheck();
    private Instant latest = Instant.MIN;
    private Instant previous = Instant.MIN;
    private boolean afterGap;
    private long clockJumps;
    private long firstBad = Long.MAX_VALUE;
    private String problem;

    /**
     * @param earlier a checkpoint that must be a prefix of the tree, or {@code null}
     * @param clockLimit how far one entry's clock may stand before that of the entry before it
     */
    TreeCheck(TileFiles files, Checkpoint checkpoint, Checkpoint earlier, Duration clockLimit) {
        this.files = files;
        this.checkpoint = checkpoint;
        this.earlier = earlier;
        this.clockLimit = clockLimit;
    }

    /** @throws DamagedLedgerException naming the first bad entry */
    void run() throws IOException {
        checkEarlier();
        for (long first = 0; first < checkpoint.size(); first += TilePath.FULL) {
            bundle(new TilePath(TilePath.ENTRIES, first / TilePath.FULL, TilePath.FULL));
        }
        hasher.<IOException>partial(this::compare);
        if (isUnexplained()) {
            bad(drops.firstUnexplained(), "is missing: no retention.swept entry says that it was dropped");
        }
        if (problem == null && !root().equals(checkpoint.rootHash())) {
            throw new DamagedLedgerException("checkpoint signs another root hash than the entries and tiles have:"
                    + " history was written anew");
        }
        if (problem != null) {
            throw firstBad == Long.MAX_VALUE
                    ? new DamagedLedgerException(problem)
                    : new DamagedLedgerException(firstBad, problem);
        }
    }

    long clockJumps() {
        return clockJumps;
    }

    /** The keys that the entries name. @param present signs the ledger */
    KeyHistory keys(VerifierKey present) {
        return keys.leadingTo(present);
    }

    /** What is not wrong but worth knowing. */
    List<String> notes() {
        List<String> all = new ArrayList<>(keys.notes());
        all.addAll(drops.notes());
        return all;
    }

    /** Whether an entry is missing that nothing says was dropped. */
    boolean isUnexplained() {
        return drops.firstUnexplained() >= 0;
    }

    /** How many entries were dropped. */
    long dropped() {
        return drops.count();
    }

    private void bundle(TilePath whole) throws IOException {
        TilePath bundle = new TilePath(TilePath.ENTRIES, whole.number(), whole.widthIn(checkpoint.size()));
        TilePath tile = new TilePath(0, bundle.number(), bundle.width());
        List<byte[]> hashes = hashes(tile);
        byte[] full = files.find(bundle).orElse(null);
        byte[] left = files.kept(bundle).orElse(null); // read after it: it is written before the bundle is removed
        if (full == null && left == null) {
            bad(bundle.first(), "is missing: tile/" + bundle + " was deleted");
        }
        if (full != null && left != null) {
            compare(bundle, left, hashes, true); // a crash came before the bundle was removed
        }
        boolean kept = full == null && left != null;
        byte[] content = kept ? left : full == null ? new byte[0] : full;
        List<byte[]> entries = compare(bundle, content, hashes, kept);
        for (int i = 0; i < bundle.width(); i++) {
            if (kept && i < entries.size() && entries.get(i).length == 0) {
                gone(bundle.first() + i);
            } else if (problem == null) {
                envelope(bundle.first() + i, entries.get(i));
            } else if (i < entries.size()) {
                sweep(bundle.first() + i, entries.get(i));
            }
            // where the two differ the stored hash decides, so that what lies above is compared with what was signed
            byte[] leaf = i < hashes.size()
                    ? hashes.get(i)
                    : i < entries.size() ? Merkle.leaf(entries.get(i)) : new byte[Merkle.HASH];
            hasher.<IOException>add(leaf, this::compare);
            checkEarlier();
        }
    }

    private List<byte[]> compare(TilePath bundle, byte[] content, List<byte[]> hashes, boolean kept) {
        String file = kept ? "kept of tile/" + bundle : "tile/" + bundle;
        List<byte[]> entries = EntryBundle.decode(content);
        BundleDiff diff = new BundleDiff(entries, hashes, bundle.width(), kept);
        if (!hashes.isEmpty() && diff.firstBad() >= 0) {
            bad(bundle.first() + diff.firstBad(), diff.what() + " (" + file + ")");
        } else if (content.length > 0 && EntryBundle.encode(entries).length != content.length) {
            bad(bundle.first() + bundle.width() - 1, "is followed by bytes that are no entry (" + file + ")");
        } else if (entries.size() > bundle.width()) {
            bad(bundle.first() + bundle.width(), "stands in " + file + " beyond its end");
        }
        return entries;
    }

    private void gone(long index) {
        drops.gone(index);
        afterGap = true; // how late it was there is not known any more
        previous = Instant.EPOCH;
    }

    /** After the first bad entry nothing is checked any more, but what was dropped must not be taken for missing. */
    private void sweep(long index, byte[] bytes) {
        try {
            Entry entry = Envelope.decode(index, bytes);
            if (entry.kind() == EventKind.RETENTION_SWEPT) {
                drops.sweep(entry);
            }
        } catch (InvalidEventException e) {
            bad(index, e.getMessage()); // it is not the first bad one
        }
    }

    private List<byte[]> hashes(TilePath tile) throws IOException {
        byte[] content = read(tile, "cannot be checked: tile/" + tile + " was deleted");
        if (content.length != tile.width() * Merkle.HASH) {
            int whole = Math.min(content.length / Merkle.HASH, tile.width() - 1);
            bad(
                    tile.first() + whole * tile.span(),
                    "cannot be checked: tile/" + tile + " has " + content.length + " bytes instead of "
                            + tile.width() * Merkle.HASH);
        }
        return TileFiles.split(content, tile.width()); // what is there may show an earlier bad entry
    }

    private byte[] read(TilePath tile, String missing) throws IOException {
        try {
            return files.read(tile);
        } catch (DamagedLedgerException e) {
            bad(tile.first(), missing);
            return new byte[0];
        }
    }

    /** Compares a tile above the leaves with what the tiles below it make. */
    private void compare(TilePath tile, List<byte[]> computed) throws IOException {
        if (tile.level() == 0) {
            return;
        }
        List<byte[]> stored = hashes(tile);
        for (int i = 0; i < stored.size(); i++) {
            long from = tile.first() + i * tile.span();
            boolean known = firstBad >= from && firstBad < from + tile.span();
            if (!known && !Arrays.equals(stored.get(i), computed.get(i))) {
                bad(from, "or one of the " + (tile.span() - 1) + " after it is not what tile/" + tile + " says");
                return;
            }
        }
    }

    private void envelope(long index, byte[] bytes) throws IOException {
        try {
            Entry entry = Envelope.decode(index, bytes);
            times(index, entry.time(), Envelope.behind(bytes));
            if (HandOver.isOne(entry.kind())) {
                keys.add(entry);
            } else if (entry.kind() == EventKind.RETENTION_SWEPT) {
                drops.sweep(entry);
            }
        } catch (InvalidEventException e) {
            bad(index, "is signed, but is no valid entry: " + e.getMessage());
        }
    }

    private void times(long index, Instant time, long said) {
        long behind = time.isBefore(latest) ? ChronoUnit.MILLIS.between(time, latest) : 0;
        if (afterGap && said > behind) { // an entry that was dropped had the latest time until here
            latest = time.plusMillis(said);
            behind = said;
        }
        afterGap = false;
        if (said != behind) {
            bad(index, "has a time that the entries before it contradict");
        } else if (behind > 0 && time.isBefore(previous.minus(clockLimit))) {
            bad(index, "has a clock that stands " + Duration.between(time, previous) + " before the entry before it");
        }
        clockJumps += behind > 0 ? 1 : 0;
        latest = behind > 0 ? latest : time;
        previous = time;
    }

    private void checkEarlier() throws DamagedLedgerException {
        if (earlier != null
                && hasher.size() == earlier.size()
                && !root().equals(earlier.rootHash())
                && problem == null) {
            throw new DamagedLedgerException("the first " + earlier.size()
                    + " entries are not those that the earlier checkpoint signs: history was written anew");
        }
    }

    private String root() {
        return Base64.getEncoder().encodeToString(hasher.root());
    }

    private void bad(long index, String what) {
        if (index < firstBad) {
            firstBad = index;
            problem = what;
        }
    }
}
