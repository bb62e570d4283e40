package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A ledger without a disk, for the tests of what stands on a ledger. Same rules, same entry bytes, same order of
 * events as {@code FileLedger}; its checkpoints are not signed.
 */
public final class MemoryLedger implements Ledger {

    private final Clock clock;
    private final Random random = new Random(42);
    private final ReentrantLock order = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private final Projections projections = new Projections();
    private final Map<Actor, String> actors = new HashMap<>();
    private final Map<String, Actor> actorOf = new HashMap<>();
    private final Map<String, String> textOf = new HashMap<>();
    private Instant latest = Instant.MIN;

    public MemoryLedger() {
        this(Clock.systemUTC());
    }

    public MemoryLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String origin() {
        return "memory/release-rollback/1";
    }

    @Override
    public Entry append(Event event, Condition condition) throws ConditionFailedException {
        if (order.isHeldByCurrentThread()) {
            throw new IllegalStateException("append from inside a condition or a projection");
        }
        order.lock();
        try {
            Envelope.data(event);
            condition.check();
            String data = Envelope.data(event); // the condition may have completed it
            Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            long behind = time.isBefore(latest) ? ChronoUnit.MILLIS.between(time, latest) : 0;
            byte[] bytes = Envelope.encode(
                    event,
                    data,
                    time,
                    behind,
                    commit(event.actor()),
                    event.reason() == null ? null : commit(event.reason()));
            Entry entry = Envelope.decode(entries.size(), bytes);
            latest = behind > 0 ? latest : time;
            entries.add(entry);
            leaves.add(Merkle.leaf(bytes));
            projections.apply(entry);
            return entry;
        } finally {
            order.unlock();
        }
    }

    private String commit(Actor actor) {
        return actors.computeIfAbsent(actor, who -> {
            String commitment = Commitments.of(salt(), who.toString());
            actorOf.put(commitment, who);
            return commitment;
        });
    }

    private String commit(String text) {
        String commitment = Commitments.of(salt(), text);
        textOf.put(commitment, text);
        return commitment;
    }

    private byte[] salt() {
        byte[] salt = new byte[Commitments.SALT];
        random.nextBytes(salt);
        return salt;
    }

    @Override
    public long size() {
        return locked(entries::size);
    }

    @Override
    public Entry entry(long index) {
        return locked(() -> entries.get(Math.toIntExact(index)));
    }

    @Override
    public List<Entry> entries(long from, long to) {
        return locked(() -> List.copyOf(entries.subList(Math.toIntExact(from), Math.toIntExact(to))));
    }

    @Override
    public Checkpoint checkpoint() {
        return locked(() -> {
            String root = Base64.getEncoder().encodeToString(Merkle.root(leaves));
            return new Checkpoint(
                    origin(), entries.size(), root, origin() + "\n" + entries.size() + "\n" + root + "\n");
        });
    }

    @Override
    public void attach(Projection projection) {
        locked(() -> {
            entries.forEach(entry -> Projections.apply(projection, entry));
            projections.add(projection);
            return null;
        });
    }

    @Override
    public People people() {
        return new People() {
            @Override
            public Optional<Actor> actor(String commitment) {
                return locked(() -> Optional.ofNullable(actorOf.get(commitment)));
            }

            @Override
            public Optional<String> text(String commitment) {
                return locked(() -> Optional.ofNullable(textOf.get(commitment)));
            }
        };
    }

    private <T> T locked(java.util.function.Supplier<T> body) {
        order.lock();
        try {
            return body.get();
        } finally {
            order.unlock();
        }
    }

    @Override
    public void close() {}
}
