package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A ledger's directory as it is at one moment, for those who only look: nothing is locked, written or cut off, so its
 * owner may go on meanwhile. It shows every entry that was durable when it was opened, and never a later one.
 */
public final class ReadOnlyLedger implements Ledger {

    private static final String READ_ONLY = "the ledger is open for reading only";

    private final Path dir;
    private final Disk disk = new Disk();
    private final Checkpoint checkpoint;
    private final EntryTail tail;
    private final EntryReader reader;
    private final Names people = new Names();

    private ReadOnlyLedger(Path dir) throws IOException {
        this.dir = dir;
        Snapshot snapshot = Snapshot.of(disk, dir);
        if (snapshot.problem() != null) {
            throw snapshot.problem();
        }
        checkpoint = snapshot.checkpoint();
        long size = checkpoint.size();
        List<byte[]> newest = new ArrayList<>();
        int width = (int) (size % TilePath.FULL);
        if (width > 0) {
            newest.addAll(snapshot.files().entries(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, width)));
        }
        newest.addAll(snapshot.pending());
        tail = new EntryTail(size - width);
        for (byte[] entry : newest) {
            tail.add(new EntryTail.Stored(EntryReader.decode(tail.end(), entry), entry));
        }
        reader = new EntryReader(tail, new BundleReader(snapshot.files()));
        people.read(disk, dir);
    }

    /**
     * Reads a ledger that is there.
     *
     * @throws DamagedLedgerException when there is none, or its newest part is damaged
     */
    public static ReadOnlyLedger open(Path dir) throws IOException {
        return new ReadOnlyLedger(dir);
    }

    @Override
    public String origin() {
        return checkpoint.origin();
    }

    @Override
    public Entry append(Event event, Condition condition) throws IOException {
        throw new IOException(READ_ONLY);
    }

    @Override
    public long size() {
        return tail.end();
    }

    @Override
    public Entry entry(long index) throws IOException {
        return reader.entry(index);
    }

    @Override
    public List<Entry> entries(long from, long to) throws IOException {
        return reader.entries(from, to);
    }

    @Override
    public boolean isDropped(long index) throws IOException {
        return reader.isDropped(index);
    }

    @Override
    public byte[] raw(long index) throws IOException {
        return reader.raw(index).clone();
    }

    /** The tree of the checkpoint that is there now, which may cover more than {@link #size()} or, for up to 100 ms, less. */
    @Override
    public Tree tree() throws IOException {
        return Tree.read(disk, dir);
    }

    /** The checkpoint that was there when it was opened; entries of the last 100 ms may lie beyond it. */
    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Replays entries; there are no later ones. */
    @Override
    public void attach(Projection projection, long from) throws IOException {
        reader.replay(projection, from, tail.end());
    }

    @Override
    public String sign(String kind, String body) throws IOException {
        throw new IOException(READ_ONLY);
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** The side table as it was read. */
    private static final class Names implements People {

        private final Map<String, PeopleRow> rows = new HashMap<>();
        private final List<String> texts = new ArrayList<>();

        void read(Disk disk, Path dir) throws IOException {
            Path table = dir.resolve("people").resolve("table");
            if (!disk.exists(table)) {
                return; // a copy that was given away without it
            }
            for (PeopleRow row : FilePeople.rows(Frames.scan(disk.read(table)))) {
                if (row.kind().equals(PeopleRow.DROPPED)) {
                    rows.remove(row.commitment());
                } else {
                    rows.put(row.commitment(), row);
                    texts.add(row.commitment());
                }
            }
        }

        private Optional<String> clear(String commitment, String kind) {
            return Optional.ofNullable(rows.get(commitment))
                    .filter(row -> row.kind().equals(kind))
                    .map(PeopleRow::clear);
        }

        @Override
        public Optional<Actor> actor(String commitment) {
            return clear(commitment, PeopleRow.ACTOR).map(Actor::parse);
        }

        @Override
        public Optional<String> text(String commitment) {
            return clear(commitment, PeopleRow.TEXT);
        }

        @Override
        public Optional<String> commitment(Actor actor) {
            return rows.values().stream()
                    .filter(row ->
                            row.kind().equals(PeopleRow.ACTOR) && row.clear().equals(actor.toString()))
                    .map(PeopleRow::commitment)
                    .findFirst();
        }

        @Override
        public List<String> texts(Predicate<String> condition) {
            return texts.stream()
                    .filter(commitment -> text(commitment).filter(condition).isPresent())
                    .toList();
        }

        @Override
        public int erase(Actor actor, Collection<String> commitments) throws IOException {
            throw new IOException(READ_ONLY);
        }
    }
}
