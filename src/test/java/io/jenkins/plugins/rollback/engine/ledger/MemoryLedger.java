package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A ledger without a disk, for the tests of what stands on a ledger. Same rules, same entry bytes, same order of
 * events as {@code FileLedger}; its checkpoints are signed with a key that nobody keeps.
 */
public final class MemoryLedger implements Ledger {

    private final Clock clock;
    private final Random random = new Random(42);
    private final ReentrantLock order = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> raw = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private final SigningKey key = SigningKey.create("memory/release-rollback/1", new SecureRandom());
    private final Projections projections = new Projections();
    private final Map<Actor, String> actors = new HashMap<>();
    private final Map<String, Actor> actorOf = new HashMap<>();
    private final Map<String, String> textOf = new LinkedHashMap<>();
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
            raw.add(bytes);
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
    public byte[] raw(long index) {
        return locked(() -> raw.get(Math.toIntExact(index)).clone());
    }

    @Override
    public Checkpoint checkpoint() {
        return locked(() -> SignedCheckpoint.sign(origin(), entries.size(), Merkle.root(leaves), key));
    }

    @Override
    public Tree tree() {
        return locked(() -> {
            List<byte[]> now = List.copyOf(leaves);
            return new Tree(checkpoint(), key.verifier(), KeyHistory.of(key.verifier()), (height, number) -> {
                int from = Math.toIntExact(number << height);
                return Merkle.root(now.subList(from, from + (1 << height)));
            });
        });
    }

    @Override
    public void attach(Projection projection) {
        attach(projection, 0); // never fails, unlike one on a disk
    }

    @Override
    public String sign(String kind, String body) {
        return SignedNote.sign(SignedNote.statement(kind, body), key);
    }

    @Override
    public void attach(Projection projection, long from) {
        locked(() -> {
            entries.subList(Math.toIntExact(from), entries.size())
                    .forEach(entry -> Projections.apply(projection, entry));
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

            @Override
            public Optional<String> commitment(Actor actor) {
                return locked(() -> Optional.ofNullable(actors.get(actor)));
            }

            @Override
            public List<String> texts(Predicate<String> condition) {
                return locked(() -> textOf.entrySet().stream()
                        .filter(text -> condition.test(text.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
            }

            @Override
            public int erase(Actor actor, Collection<String> texts) {
                return locked(() -> {
                    int before = actorOf.size() + textOf.size();
                    actorOf.values().removeIf(who -> who.equals(actor));
                    actors.remove(actor);
                    textOf.keySet().removeAll(texts);
                    return before - actorOf.size() - textOf.size();
                });
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
