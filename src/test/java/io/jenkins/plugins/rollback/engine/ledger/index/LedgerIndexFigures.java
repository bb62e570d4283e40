package io.jenkins.plugins.rollback.engine.ledger.index;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Prints how fast the index answers at a million entries, and how much heap it takes. Not a test: run its {@code main}
 * with {@code -Xmx256m}. One entry in ten has a reason of eight words.
 */
public final class LedgerIndexFigures {

    private static final int ENTRIES = Integer.getInteger("entries", 1_000_000);
    private static final int ROUNDS = 30;

    private LedgerIndexFigures() {}

    public static void main(String[] args) {
        Random random = new Random(1);
        // texts as a function of their commitment, so that the side table does not count
        People people = new Texts();
        LedgerIndex index = new LedgerIndex(people);
        long before = used();
        long start = System.nanoTime();
        EventKind[] kinds = EventKind.values();
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < ENTRIES; i++) {
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            data.put("deployment", "dp-" + i / 40);
            index.apply(new Entry(
                    i,
                    time.plusSeconds(i),
                    kinds[random.nextInt(kinds.length)],
                    "service-" + random.nextInt(200),
                    random.nextBoolean() ? "production" : "staging",
                    "1." + i / 400,
                    hex(random.nextInt(300), 'a'),
                    i % 10 == 0 ? hex(i, 'b') : null,
                    data));
        }
        System.out.printf("built from %d entries in %.1f s%n", ENTRIES, (System.nanoTime() - start) / 1e9);
        System.out.printf("heap of the index: %d MB%n", (used() - before) >> 20);
        Map<String, Query> queries = new LinkedHashMap<>();
        queries.put("newest of all", Query.all());
        queries.put("service and kind", Query.all().service("service-7").kind(EventKind.ROLLBACK_DONE));
        queries.put("one rollback's, oldest", Query.all().subject("dp-0"));
        queries.put(
                "nothing to find, all looked at",
                Query.all().service("service-7").from(time.plusSeconds(ENTRIES)));
        queries.put(
                "person in a week", Query.all().actor(hex(3, 'a')).from(time).to(time.plusSeconds(604_800)));
        queries.put("frequent word", Query.all().text("errors"));
        queries.put("rare words", Query.all().text("INC-" + (ENTRIES / 20) * 10));
        queries.put("frequent word of one service", Query.all().text("errors").service("service-9"));
        queries.put("two frequent words that never meet", Query.all().text("even odd"));
        queries.forEach((name, query) -> {
            long[] nanos = new long[ROUNDS];
            int found = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                found = index.search(query, 50).entries().size();
                nanos[round] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "%-36s %2d found, median %6.2f ms, worst %6.2f ms%n",
                    name, found, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6);
        });
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String hex(int number, char fill) {
        return String.format("%08x", number) + String.valueOf(fill).repeat(56);
    }

    /** The text of entry 120 is about INC-120. */
    private static final class Texts implements People {

        @Override
        public Optional<Actor> actor(String commitment) {
            return Optional.empty();
        }

        @Override
        public Optional<String> text(String commitment) {
            int entry = Integer.parseUnsignedInt(commitment, 0, 8, 16);
            return Optional.of("INC-" + entry + ": too many errors in checkout, " + (entry % 20 == 0 ? "even" : "odd"));
        }

        @Override
        public Optional<String> commitment(Actor actor) {
            return Optional.empty();
        }

        @Override
        public List<String> texts(Predicate<String> condition) {
            return List.of();
        }

        @Override
        public int erase(Actor actor, Collection<String> texts) {
            return 0;
        }
    }
}
