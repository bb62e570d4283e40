package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * The side table in a file: {@code people/table}, {@link Frames} of {@link PeopleRow}s, readable by its owner alone.
 * Rows are added at the end, and forced to the disk before an entry refers to them; erasing writes the file anew
 * without what is erased. Thread safe.
 */
public final class FilePeople implements People, Closeable {

    private static final Logger LOGGER = Logger.getLogger(FilePeople.class.getName());

    private final Disk disk;
    private final Path path;
    private final Random random;
    private final Map<String, PeopleRow> rows = new LinkedHashMap<>();
    private final Map<String, String> commitmentOf = new HashMap<>(); // by the actor's text
    private final GroupSync sync;
    private AppendFile file;
    private final Map<String, Long> unforced = new HashMap<>(); // commitments and the count of rows with theirs
    private long count; // of rows that this object has seen, erased ones included
    private long base; // count at which the present file began

    private FilePeople(Disk disk, Path path, Random random) throws IOException {
        this.disk = disk;
        this.path = path;
        this.random = random;
        Frames.Scan scan = Frames.scan(disk.read(path));
        boolean dropped = false;
        for (PeopleRow row : rows(scan)) {
            dropped |= row.kind().equals(PeopleRow.DROPPED);
            remember(row);
            count++;
        }
        file = disk.append(path);
        if (file.length() > scan.clean()) {
            LOGGER.warning(() -> path + " ends in the middle of a row; the rest is cut off");
            file.truncate(scan.clean());
        }
        sync = new GroupSync(count, () -> file.sync());
        file.sync();
        if (dropped) {
            rewrite();
        }
    }

    /**
     * The rows of a table, a torn tail left out.
     *
     * @throws DamagedLedgerException when a row that had been acknowledged is damaged
     */
    static List<PeopleRow> rows(Frames.Scan scan) throws IOException {
        int whole = 0;
        for (Frames.Frame frame : scan.frames()) {
            if (frame.end() <= scan.clean()) {
                whole++;
            } else if (frame.acknowledged() > whole) {
                throw new DamagedLedgerException("people/table: row " + whole + " is damaged");
            }
        }
        try { // a commitment takes a while to check, and a start waits for all of them
            return IntStream.range(0, whole)
                    .parallel()
                    .mapToObj(number -> row(number, scan.frames().get(number)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static PeopleRow row(int number, Frames.Frame frame) {
        try {
            return PeopleRow.parse(number, frame.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FilePeople open(Disk disk, Path ledger, Random random) throws IOException {
        Path directory = ledger.resolve("people");
        disk.createDirectories(directory);
        Path path = directory.resolve("table");
        Files.deleteIfExists(directory.resolve("table.new")); // erasing was cut short; it may hold what is to go
        if (!Files.exists(path)) {
            disk.createPrivate(path);
            disk.syncDirectory(directory);
        }
        return new FilePeople(disk, path, random);
    }

    private void remember(PeopleRow row) {
        if (row.kind().equals(PeopleRow.DROPPED)) {
            PeopleRow gone = rows.remove(row.commitment());
            if (gone != null) {
                commitmentOf.remove(gone.clear(), gone.commitment());
            }
            return;
        }
        rows.put(row.commitment(), row);
        if (row.kind().equals(PeopleRow.ACTOR)) {
            commitmentOf.put(row.clear(), row.commitment());
        }
    }

    /** The commitment to an actor: always the same one within a ledger, until the person is erased. */
    synchronized String commit(Actor actor) throws IOException {
        String known = commitmentOf.get(actor.toString());
        return known != null ? known : add(PeopleRow.make(PeopleRow.ACTOR, actor.toString(), random));
    }

    /** A commitment to a text, another one at each call. */
    synchronized String commit(String text) throws IOException {
        return add(PeopleRow.make(PeopleRow.TEXT, text, random));
    }

    private String add(PeopleRow row) throws IOException {
        byte[] bytes = row.bytes();
        if (sync.failure() != null) {
            rewrite();
        }
        try {
            file.append(Frames.encode(count - base, Math.max(0, sync.synced() - base), bytes));
        } catch (IOException e) {
            if (e.getSuppressed().length > 0) {
                sync.fail(e); // half a row may be left behind
            }
            throw e;
        }
        sync.written(++count);
        unforced.put(row.commitment(), count);
        remember(row);
        return row.commitment();
    }

    /**
     * Returns when these commitments can be turned back after a power loss. Does not wait for those that others have
     * just made.
     */
    void sync(String... commitments) throws IOException {
        long target = 0;
        synchronized (this) {
            for (String commitment : commitments) {
                target = Math.max(target, unforced.getOrDefault(commitment, 0L));
            }
        }
        if (target > 0) {
            sync.await(target);
            synchronized (this) {
                unforced.values().removeIf(row -> row <= sync.synced());
            }
        }
    }

    /** Takes back a commitment that no entry refers to; best effort, its text is gone at the next start at the latest. */
    synchronized void drop(String commitment) {
        try {
            add(PeopleRow.dropped(commitment));
        } catch (IOException e) {
            rows.remove(commitment);
        }
    }

    @Override
    public synchronized int erase(Actor actor, Collection<String> texts) throws IOException {
        String person = actor == null ? null : commitmentOf.get(actor.toString());
        int before = rows.size();
        if (person != null) {
            rows.remove(person);
            commitmentOf.remove(actor.toString());
        }
        for (String text : texts) {
            if (rows.containsKey(text) && rows.get(text).kind().equals(PeopleRow.TEXT)) {
                rows.remove(text);
            }
        }
        // even when nothing was there: the file may hold a text that was dropped, or more than memory after a failure
        rewrite();
        return before - rows.size();
    }

    @Override
    public synchronized Optional<String> commitment(Actor actor) {
        return Optional.ofNullable(commitmentOf.get(actor.toString()));
    }

    @Override
    public synchronized List<String> texts(Predicate<String> condition) {
        return rows.values().stream()
                .filter(row -> row.kind().equals(PeopleRow.TEXT) && condition.test(row.clear()))
                .map(PeopleRow::commitment)
                .toList();
    }

    private void rewrite() throws IOException {
        sync.exclusively(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long number = 0;
            for (PeopleRow row : rows.values()) {
                bytes.writeBytes(Frames.encode(number, number, row.bytes()));
                number++;
            }
            Path next = path.resolveSibling("table.new");
            disk.createPrivate(next);
            disk.replace(path, bytes.toByteArray());
            file.close();
            file = disk.append(path);
            base = count - number; // rows are numbered anew; the count goes on, so that nobody waits for the past
        });
    }

    @Override
    public synchronized Optional<Actor> actor(String commitment) {
        return clear(commitment, PeopleRow.ACTOR).map(Actor::parse);
    }

    @Override
    public synchronized Optional<String> text(String commitment) {
        return clear(commitment, PeopleRow.TEXT);
    }

    private Optional<String> clear(String commitment, String kind) {
        return Optional.ofNullable(rows.get(commitment))
                .filter(row -> row.kind().equals(kind))
                .map(PeopleRow::clear);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
