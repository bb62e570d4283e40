package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Entries that wait for the shared store to come back: a file ledger of its own, durable and signed. Its entries bear
 * the marks that they keep when they are merged: {@code spooled}, {@code recorded} (when they really happened) and
 * {@code spooledAs}, the number by which they were known until then. Guarded by the ledger's order.
 *
 * <p>The numbers lie far beyond every index, and begin at a random place: a lease that was taken aside keeps its number
 * for ever as its fencing number, and no other lease of any controller has the same.
 */
final class Spool implements Closeable {

    /** The least number of a spooled entry; still exact in JSON. */
    static final long FIRST = 1L << 52;

    private static final int BITS = 21; // two million entries a spool

    private final Path dir;
    private final Clock clock;
    private final LedgerKeys keys;
    private volatile FileLedger ledger; // null while nothing waits

    /** Opens what waits there, if anything does. @param keyless also when its key is lost: it is signed anew when merged */
    Spool(Path dir, Clock clock, LedgerKeys keys, boolean keyless) throws IOException {
        this.dir = dir;
        this.clock = clock;
        this.keys = keys;
        sweep();
        if (Files.exists(dir.resolve("checkpoint"))) {
            ledger = keyless ? FileLedger.openUnsigned(dir, clock, keys) : FileLedger.open(dir, null, clock, keys);
            if (ledger.size() == 0) {
                clear();
            }
        }
    }

    /** How many wait; may be asked without the ledger's order. */
    long size() {
        FileLedger now = ledger;
        return now == null ? 0 : now.size();
    }

    /** Clear text of what waits, or {@code null}. */
    People people() {
        return ledger == null ? null : ledger.people();
    }

    /** What tells this spool from every other. */
    String id() {
        return ledger.origin();
    }

    private static long base(String id) {
        return FIRST | (Long.parseLong(id.substring(id.length() - 8), 16) >>> 2) << BITS;
    }

    /**
     * Keeps an event until it can be merged. It is durable when this returns.
     *
     * @param origin name of the shared log
     * @param tried where it was appended with an outcome that is not known, or {@code null}
     */
    Entry append(String origin, Event event, Condition condition, Tried tried)
            throws IOException, ConditionFailedException {
        if (ledger == null) {
            String random = UUID.randomUUID().toString().replace("-", "");
            String id = origin + "/spool/" + random.substring(random.length() / 2);
            ledger = FileLedger.open(dir, id, clock, keys);
        }
        event.with(Entry.SPOOLED, true)
                .with("recorded", clock.instant())
                .with(Entry.SPOOLED_AS, base(id()) + ledger.size());
        if (tried != null) {
            event.with("triedAs", tried.index()).with("triedHash", tried.hash());
        }
        return numbered(ledger.append(event, condition));
    }

    /** An attempt to append that may have succeeded: the index, and the leaf hash in hexadecimal. */
    record Tried(long index, String hash) {

        static Tried of(long index, byte[] bytes) {
            return new Tried(index, HexFormat.of().formatHex(Merkle.leaf(bytes)));
        }
    }

    /** How a spooled entry, merged or not, was tried before it was spooled, or {@code null}. */
    static Tried tried(Entry entry) {
        return entry.text("triedHash") == null
                ? null
                : new Tried(entry.data().path("triedAs").asLong(-1), entry.text("triedHash"));
    }

    private static Entry numbered(Entry entry) {
        return new Entry(
                entry.number(),
                entry.time(),
                entry.kind(),
                entry.service(),
                entry.environment(),
                entry.version(),
                entry.actor(),
                entry.reason(),
                entry.data());
    }

    /** An entry that waits, under its number. @throws IndexOutOfBoundsException when there is none */
    Entry entry(long number) throws IOException {
        FileLedger waiting = ledger; // somebody who only reads may come while it is merged
        if (waiting == null) {
            throw new IndexOutOfBoundsException("no entry " + number + " waits to be merged");
        }
        return numbered(waiting.entry(number - base(waiting.origin())));
    }

    /** Entries that wait, {@code from} the how-manieth to which, as events to be merged. */
    List<Event> events(long from, long to) throws IOException {
        return ledger.entries(from, to).stream().map(this::event).toList();
    }

    private Event event(Entry entry) {
        Event event = Event.of(entry.kind())
                .service(entry.service())
                .environment(entry.environment())
                .version(entry.version())
                .actor(ledger.people().actor(entry.actor()).orElse(Actor.SYSTEM))
                .reason(
                        entry.reason() == null
                                ? null
                                : ledger.people().text(entry.reason()).orElse(null));
        entry.data().fields().forEachRemaining(field -> event.with(field.getKey(), field.getValue()));
        return event;
    }

    /** Shows all that waits to a projection. */
    void replay(Projection projection) throws IOException {
        for (long index = 0; index < size(); index++) {
            Projections.apply(projection, numbered(ledger.entry(index)));
        }
    }

    /** Everything was merged: nothing of it stays on this disk. */
    void clear() throws IOException {
        if (ledger == null) {
            return;
        }
        ledger.close();
        ledger = null;
        // in one step: half a spool would be taken for a damaged one
        Files.move(dir, done(), StandardCopyOption.ATOMIC_MOVE);
        sweep();
    }

    private Path done() {
        return dir.resolveSibling(dir.getFileName() + ".done");
    }

    private void sweep() throws IOException {
        if (Files.exists(done())) {
            try (Stream<Path> files = Files.walk(done())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (ledger != null) {
            ledger.close();
        }
    }
}
