package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Verifies a ledger's directory without opening it: the signature against {@code vkey}, every entry and every tile
 * against the signed root, each change of the key, the side table against its commitments, the write-ahead log for
 * gaps. Nothing is written; the ledger may be in use meanwhile.
 */
public final class LedgerVerifier {

    private static final int TRIES = 3;

    private final Disk disk;
    private final Path ledger;
    private final VerifyOptions options;
    private final List<String> notes = new ArrayList<>();
    private Checkpoint checkpoint;
    private long pending;
    private long clockJumps;
    private long dropped;
    private boolean unexplained;

    private LedgerVerifier(Disk disk, Path ledger, VerifyOptions options) {
        this.disk = disk;
        this.ledger = ledger;
        this.options = options;
    }

    /** @throws IOException when a file cannot be read for a reason that says nothing about the ledger */
    public static LedgerReport verify(Path ledger) throws IOException {
        return verify(ledger, VerifyOptions.DEFAULT);
    }

    /**
     * Also verifies that an earlier checkpoint, kept elsewhere, is a prefix: a ledger that was truncated or written
     * anew with the right key is found by this alone.
     *
     * @param since the signed note of the earlier checkpoint, or {@code null}
     */
    public static LedgerReport verify(Path ledger, String since) throws IOException {
        return verify(ledger, VerifyOptions.DEFAULT.since(since));
    }

    /** Like {@link #verify(Path)}, as the options say. */
    public static LedgerReport verify(Path ledger, VerifyOptions options) throws IOException {
        return verify(new Disk(), ledger, options);
    }

    static LedgerReport verify(Disk disk, Path ledger, VerifyOptions options) throws IOException {
        return new LedgerVerifier(disk, ledger, options).report();
    }

    private LedgerReport report() throws IOException {
        String problem = null;
        long firstBad = -1;
        for (int tries = 1; tries <= TRIES; tries++) {
            problem = null;
            notes.clear();
            unexplained = false;
            VerifierKey before = null;
            try {
                Snapshot snapshot = Snapshot.of(disk, ledger);
                before = snapshot.key();
                checkpoint = snapshot.checkpoint();
                pending = snapshot.pending().size();
                check(snapshot);
                break;
            } catch (DamagedLedgerException e) {
                problem = e.getMessage();
                firstBad = e.index();
                // the owner writes several files to change its key, and says what it drops before it drops it: what
                // did not fit together may fit now
                if (before == null || !isMoved(before)) {
                    break;
                }
            }
        }
        return new LedgerReport(problem, firstBad, checkpoint, pending, clockJumps, dropped, List.copyOf(notes));
    }

    private boolean isMoved(VerifierKey before) throws IOException {
        return !LedgerStart.verifierKey(disk, ledger).equals(before)
                || unexplained && !LedgerStart.checkpoint(disk, ledger, before).equals(checkpoint);
    }

    private void check(Snapshot snapshot) throws IOException {
        KeyHistory history = null;
        DamagedLedgerException noHistory = null;
        try {
            history = KeyHistory.read(disk, ledger, snapshot.key());
        } catch (DamagedLedgerException e) {
            noHistory = e; // said only after the entries, which do not depend on it
        }
        Checkpoint earlier = earlier(history == null ? KeyHistory.of(snapshot.key()) : history);
        TreeCheck tree = new TreeCheck(snapshot.files(), checkpoint, earlier, options.clockLimit());
        try {
            tree.run();
        } finally {
            unexplained = tree.isUnexplained();
        }
        clockJumps = tree.clockJumps();
        dropped = tree.dropped();
        KeyHistory said = tree.keys(snapshot.key());
        notes.addAll(tree.notes());
        strays(snapshot.files());
        kept();
        if (snapshot.problem() != null) { // said only now: an entry in the tree comes before one in the log
            throw snapshot.problem();
        }
        if (noHistory != null) {
            throw noHistory;
        }
        keys(history, said, snapshot.key());
        people();
        privateKey(snapshot.key());
    }

    private Checkpoint earlier(KeyHistory history) throws DamagedLedgerException {
        if (options.since() == null) {
            return null;
        }
        try {
            Checkpoint earlier = history.verify(options.since());
            if (earlier.size() > checkpoint.size()) {
                throw new DamagedLedgerException(
                        checkpoint.size(),
                        "is missing: an earlier checkpoint covers " + earlier.size()
                                + " entries, the ledger was cut off");
            }
            return earlier;
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException("the earlier checkpoint " + e.getMessage());
        }
    }

    /** The list of keys must be what the entries say, and end with the key that verifies the checkpoint. */
    private void keys(KeyHistory listed, KeyHistory said, VerifierKey present) throws DamagedLedgerException {
        if (!said.newest().equals(present)) {
            throw new DamagedLedgerException("vkey is not the key that entry "
                    + said.periods().get(said.periods().size() - 1).from() + " hands over to");
        }
        if (!said.equals(listed)) {
            throw new DamagedLedgerException(KeyHistory.FILE
                    + (disk.exists(ledger.resolve(KeyHistory.FILE))
                            ? " does not say what the entries say about keys"
                            : " is missing"));
        }
    }

    /** A superseded partial tile that lies about would mislead a reader: it must agree with what took its place. */
    private void strays(TileFiles files) throws IOException {
        Path top = ledger.resolve("tile");
        long beyond = 0;
        for (Path path : disk.files(top)) {
            String name = top.relativize(path).toString().replace('\\', '/');
            TilePath tile = TilePath.parse(name).orElse(null);
            if (tile == null) {
                notes.add("tile/" + name + " is no tile");
            } else if (tile.widthIn(checkpoint.size()) < tile.width()) {
                beyond++;
            } else if (tile.widthIn(checkpoint.size()) > tile.width()) {
                prefix(files, tile);
            }
        }
        if (beyond > 0) {
            notes.add(beyond + " files below tile/ lie beyond the checkpoint and were not looked at");
        }
    }

    /** What lies beside the kept bundles would be taken for one some day. */
    private void kept() throws IOException {
        Path top = ledger.resolve(KeptBundle.FOLDER);
        for (Path path : disk.files(top)) {
            String name = top.relativize(path).toString().replace('\\', '/');
            TilePath bundle = TilePath.parse("entries/" + name).orElse(null);
            if (name.equals(Dropper.PENDING)) {
                notes.add("entries are being dropped, or that was cut short: the next start goes on with it");
            } else if (bundle == null
                    || bundle.widthIn(checkpoint.size()) != bundle.width()
                    || bundle.width() < TilePath.FULL) {
                notes.add("kept/" + name + " is no part of a bundle");
            }
        }
    }

    private void prefix(TileFiles files, TilePath tile) throws IOException {
        if (!disk.exists(files.path(tile))) {
            return; // removed by the owner meanwhile
        }
        byte[] old = files.read(tile);
        byte[] now = files.read(new TilePath(tile.level(), tile.number(), tile.widthIn(checkpoint.size())));
        if (old.length > now.length || !Arrays.equals(old, Arrays.copyOf(now, old.length))) {
            throw new DamagedLedgerException("tile/" + tile + " is superseded and says something else than before");
        }
    }

    private void people() throws IOException {
        if (!disk.exists(ledger.resolve("people"))) {
            notes.add("there is no side table of people: commitments cannot be turned back");
            return;
        }
        Path table = ledger.resolve("people").resolve("table");
        if (!disk.exists(table)) {
            throw new DamagedLedgerException("people/table is missing");
        }
        byte[] content = disk.read(table);
        Frames.Scan scan = Frames.scan(content);
        int rows = FilePeople.rows(scan).size();
        if (scan.clean() < content.length) {
            if (WalRecovery.segments(disk, ledger.resolve("wal")).isEmpty()) { // closed in order: nothing can be torn
                throw new DamagedLedgerException("people/table: row " + rows + " is damaged");
            }
            notes.add("people/table ends in the middle of a row");
        }
    }

    private void privateKey(VerifierKey key) throws IOException {
        Path file = ledger.resolve("key");
        if (disk.isReadable(file)) {
            try {
                String text = new FileLedgerKeys(disk, file).load().orElseThrow();
                KeyRing.of(text).find(key).orElseThrow(() -> new IllegalArgumentException("does not belong to vkey"));
            } catch (IOException | IllegalArgumentException e) {
                throw new DamagedLedgerException("key: " + e.getMessage());
            }
        }
    }
}
