package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a {@link SharedLedger} keeps what several controllers share: the bytes of the entries in their one order, and
 * the side table of people. It knows nothing of events, projections or signatures. Thread safe.
 *
 * <p>Every method throws {@link StoreUnreachableException} when the store does not answer, and another
 * {@code IOException} when it answers with something that waiting does not mend.
 */
public interface SharedStore extends Closeable {

    /**
     * Where the order stands.
     *
     * @param origin name of the log
     * @param size how many entries there are
     * @param rootHash RFC 6962 Merkle tree hash over them, base 64
     * @param latest latest time of any entry, in milliseconds since 1970; 0 when there is none
     * @param erasures how often something was erased from the side table: what was read before may be gone
     */
    record Head(String origin, long size, String rootHash, long latest, long erasures) {}

    /**
     * Makes or brings up to date what the store needs.
     *
     * @param origin name of the log, should it be new
     * @return where it stands; an existing log keeps its name
     */
    Head prepare(String origin) throws IOException;

    /** Where the order stands now, without waiting for anybody. */
    Head head() throws IOException;

    /** Entries {@code from} (inclusive) to {@code to} (exclusive), all of them there; a few thousand at the most. */
    List<byte[]> entries(long from, long to) throws IOException;

    /** Waits until this caller, of all controllers, is the one that may append. To be closed soon. */
    Turn turn() throws IOException;

    /** The clear text behind a commitment, or empty when it was erased. */
    Optional<PeopleRow> row(String commitment) throws IOException;

    /** The commitment that stands for an actor, if there is one. */
    Optional<String> commitmentOf(String actor) throws IOException;

    /** The commitments of the texts that a condition holds for, oldest first. */
    List<String> texts(Predicate<String> condition) throws IOException;

    /**
     * Removes an actor and texts for good, in one step.
     *
     * @param actor whose row goes, or {@code null}
     * @param texts commitments of texts that go
     * @return how many rows were there
     */
    int erase(String actor, List<String> texts) throws IOException;

    /** For people: which store this is, without a password. */
    @Override
    String toString();

    @Override
    void close();

    /** The right to append, until it is closed. What was not committed by then never happened. Not thread safe. */
    interface Turn extends Closeable {

        /** Where the order stands; nobody else changes it meanwhile. */
        Head head();

        /** The commitment that stands for an actor, if there is one already. */
        Optional<String> commitmentOf(String actor) throws IOException;

        /** Adds a row to the side table. */
        void add(PeopleRow row) throws IOException;

        /** Adds entries at the end; {@code next} is where the order stands then. */
        void append(List<byte[]> entries, Head next) throws IOException;

        /** How many entries of a spool were dealt with so far; 0 for one that is new. */
        long merged(String spool) throws IOException;

        /** Remembers, in the same step as the rest of this turn, how many entries of a spool are dealt with. */
        void merged(String spool, long count) throws IOException;

        /**
         * Makes it so; durable when it returns.
         *
         * @throws StoreUnreachableException when it is not known whether that happened: it did wholly or not at all
         */
        void commit() throws IOException;

        @Override
        void close();
    }
}
