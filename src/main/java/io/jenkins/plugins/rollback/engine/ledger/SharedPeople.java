package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The side table of a shared ledger. What was read is remembered, until any controller erases something. Names are
 * never written to this controller's disk. Thread safe.
 */
public final class SharedPeople implements People {

    private static final int REMEMBERED = 20_000;

    private final SharedStore store;
    private final Random random;
    private final Map<String, PeopleRow> recent = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PeopleRow> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<String, String> commitmentOf = new HashMap<>(); // by the actor's text
    private long erasures = -1;
    private volatile People local; // of the spool, while there is one

    SharedPeople(SharedStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    /** Where to look first, or {@code null}. */
    void local(People people) {
        local = people;
    }

    /** Forgets what was read if something was erased since. */
    synchronized void upTo(long count) {
        if (erasures != count) {
            forget();
            erasures = count;
        }
    }

    private void forget() {
        recent.clear();
        commitmentOf.clear();
    }

    /** @param asOf the count of erasures before the row was read: it may have been erased since */
    private synchronized void remember(PeopleRow row, long asOf) {
        if (asOf == erasures) {
            recent.put(row.commitment(), row);
        }
    }

    private synchronized long erasures() {
        return erasures;
    }

    private synchronized void committed(List<PeopleRow> made, Map<String, String> actors) {
        made.forEach(row -> recent.put(row.commitment(), row));
        commitmentOf.putAll(actors);
    }

    private synchronized String known(Actor actor) {
        return commitmentOf.get(actor.toString());
    }

    private synchronized Optional<PeopleRow> known(String commitment) {
        return Optional.ofNullable(recent.get(commitment));
    }

    /**
     * The commitments of the events of one turn. They become known to this table only when the turn was committed: a
     * row that never was must not be referred to.
     */
    final class Commitment {

        private final SharedStore.Turn turn;
        private final Map<String, String> actors = new LinkedHashMap<>();
        private final List<PeopleRow> made = new ArrayList<>();

        Commitment(SharedStore.Turn turn) {
            this.turn = turn;
        }

        /** Always the same one, until the person is erased. */
        String of(Actor actor) throws IOException {
            String text = actor.toString();
            String commitment = actors.getOrDefault(text, known(actor));
            if (commitment == null) {
                Optional<String> there = turn.commitmentOf(text);
                commitment = there.isPresent() ? there.get() : make(PeopleRow.ACTOR, text);
            }
            actors.put(text, commitment);
            return commitment;
        }

        /** Another one at each call; {@code null} for {@code null}. */
        String of(String text) throws IOException {
            return text == null ? null : make(PeopleRow.TEXT, text);
        }

        private String make(String kind, String clear) throws IOException {
            PeopleRow row = PeopleRow.make(kind, clear, random);
            turn.add(row);
            made.add(row);
            return row.commitment();
        }

        void committed() {
            SharedPeople.this.committed(made, actors);
        }
    }

    /** {@inheritDoc} @throws UncheckedIOException when the store is asked and does not answer */
    @Override
    public Optional<Actor> actor(String commitment) {
        People first = local;
        Optional<Actor> here = first == null ? Optional.empty() : first.actor(commitment);
        return here.isPresent() ? here : clear(commitment, PeopleRow.ACTOR).map(Actor::parse);
    }

    /** {@inheritDoc} @throws UncheckedIOException when the store is asked and does not answer */
    @Override
    public Optional<String> text(String commitment) {
        People first = local;
        Optional<String> here = first == null ? Optional.empty() : first.text(commitment);
        return here.isPresent() ? here : clear(commitment, PeopleRow.TEXT);
    }

    /** Says so when the store does not answer: nobody is called erased who is not. */
    @Override
    public String shown(String commitment) {
        try {
            return People.super.shown(commitment);
        } catch (UncheckedIOException e) {
            return "person " + unknown(commitment);
        }
    }

    @Override
    public String shownText(String commitment) {
        try {
            return People.super.shownText(commitment);
        } catch (UncheckedIOException e) {
            return "text " + unknown(commitment);
        }
    }

    private static String unknown(String commitment) {
        return commitment.substring(0, Math.min(SHOWN_DIGITS, commitment.length()))
                + " (kept in the database, which does not answer)";
    }

    private Optional<String> clear(String commitment, String kind) {
        long asOf = erasures();
        Optional<PeopleRow> row = known(commitment);
        if (row.isEmpty()) {
            row = ask(() -> store.row(commitment));
            row.ifPresent(found -> remember(found, asOf));
        }
        return row.filter(found -> found.kind().equals(kind)).map(PeopleRow::clear);
    }

    /** {@inheritDoc} @throws UncheckedIOException when the store does not answer */
    @Override
    public Optional<String> commitment(Actor actor) {
        return ask(() -> store.commitmentOf(actor.toString()));
    }

    /** {@inheritDoc} @throws UncheckedIOException when the store does not answer */
    @Override
    public List<String> texts(Predicate<String> condition) {
        return ask(() -> store.texts(condition));
    }

    /** For all controllers at once; the others forget what they have read of it within a second. */
    @Override
    public int erase(Actor actor, Collection<String> texts) throws IOException {
        int gone = store.erase(actor == null ? null : actor.toString(), List.copyOf(texts));
        synchronized (this) {
            forget();
        }
        return gone;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
