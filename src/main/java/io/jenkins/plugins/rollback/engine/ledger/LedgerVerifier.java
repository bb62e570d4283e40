package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Verifies a ledger's directory without opening it: the signature against {@code vkey}, every entry and every tile
 * against the signed root, the side table against its commitments, the write-ahead log for gaps. Nothing is written;
 * the ledger may be in use meanwhile.
 */
public final class LedgerVerifier {

    private final Disk disk = new Disk();
    private final Path ledger;
    private final String since;
    private final List<String> notes = new ArrayList<>();
    private Checkpoint checkpoint;
    private long pending;
    private long clockJumps;
    private IOException logProblem;

    private LedgerVerifier(Path ledger, String since) {
        this.ledger = ledger;
        this.since = since;
    }

    /** @throws IOException when a file cannot be read for a reason that says nothing about the ledger */
    public static LedgerReport verify(Path ledger) throws IOException {
        return verify(ledger, null);
    }

    /**
     * Also verifies that an earlier checkpoint, kept elsewhere, is a prefix: a ledger that was truncated or written
     * anew with the right key is found by this alone.
     *
     * @param since the signed note of the earlier checkpoint, or {@code null}
     */
    public static LedgerReport verify(Path ledger, String since) throws IOException {
        return new LedgerVerifier(ledger, since).report();
    }

    private LedgerReport report() throws IOException {
        String problem = null;
        long firstBad = -1;
        try {
            VerifierKey key = LedgerStart.verifierKey(disk, ledger);
            TileFiles files = look(key);
            check(key, files);
        } catch (DamagedLedgerException e) {
            problem = e.getMessage();
            firstBad = e.index();
        }
        return new LedgerReport(problem, firstBad, checkpoint, pending, clockJumps, List.copyOf(notes));
    }

    /** Takes what belongs to one checkpoint and soon changes in a ledger in use; looks again if it has just changed. */
    private TileFiles look(VerifierKey key) throws IOException {
        while (true) {
            checkpoint = LedgerStart.checkpoint(disk, ledger, key);
            TileFiles files = new TileFiles(disk, ledger);
            IOException problem = null;
            try {
                files.rememberRightEdge(checkpoint.size());
                pending = WalRecovery.read(disk, ledger.resolve("wal"), checkpoint.size())
                        .size();
            } catch (DamagedLedgerException | NoSuchFileException e) {
                problem = e;
            }
            if (LedgerStart.checkpoint(disk, ledger, key).equals(checkpoint)) {
                logProblem = problem;
                return files;
            }
        }
    }

    private void check(VerifierKey key, TileFiles files) throws IOException {
        Checkpoint earlier = earlier(key);
        TreeCheck tree = new TreeCheck(files, checkpoint, earlier);
        tree.run();
        clockJumps = tree.clockJumps();
        strays(files);
        if (logProblem != null) { // said only now: an entry in the tree comes before one in the log
            throw logProblem;
        }
        people();
        privateKey(key);
    }

    private Checkpoint earlier(VerifierKey key) throws DamagedLedgerException {
        if (since == null) {
            return null;
        }
        try {
            Checkpoint earlier = SignedCheckpoint.verify(since, key);
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

    /** A superseded partial tile that lies about would mislead a reader: it must agree with what took its place. */
    private void strays(TileFiles files) throws IOException {
        Path top = ledger.resolve("tile");
        if (!Files.isDirectory(top)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(top)) {
            all = walk.filter(Files::isRegularFile).sorted().toList();
        }
        long beyond = 0;
        for (Path path : all) {
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

    private void prefix(TileFiles files, TilePath tile) throws IOException {
        if (!Files.exists(files.path(tile))) {
            return; // removed by the owner meanwhile
        }
        byte[] old = files.read(tile);
        byte[] now = files.read(new TilePath(tile.level(), tile.number(), tile.widthIn(checkpoint.size())));
        if (old.length > now.length || !Arrays.equals(old, Arrays.copyOf(now, old.length))) {
            throw new DamagedLedgerException("tile/" + tile + " is superseded and says something else than before");
        }
    }

    private void people() throws IOException {
        Path directory = ledger.resolve("people");
        if (!Files.isDirectory(directory)) {
            notes.add("there is no side table of people: commitments cannot be turned back");
            return;
        }
        Path table = directory.resolve("table");
        if (!Files.exists(table)) {
            throw new DamagedLedgerException("people/table is missing");
        }
        byte[] content = disk.read(table);
        Frames.Scan scan = Frames.scan(content);
        int rows = FilePeople.rows(scan).size();
        if (scan.clean() < content.length) {
            if (WalRecovery.segments(ledger.resolve("wal")).isEmpty()) { // closed in order, so nothing can be torn
                throw new DamagedLedgerException("people/table: row " + rows + " is damaged");
            }
            notes.add("people/table ends in the middle of a row");
        }
    }

    private void privateKey(VerifierKey key) throws IOException {
        Path file = ledger.resolve("key");
        if (Files.isReadable(file)) {
            try {
                SigningKey.parse(LedgerKeys.inFile(file).load().orElseThrow(), key);
            } catch (IOException | IllegalArgumentException e) {
                throw new DamagedLedgerException("key: " + e.getMessage());
            }
        }
    }
}
