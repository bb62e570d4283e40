package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that answers no commit when told to: it has happened, or it has not, and nobody hears which. */
final class LossyStore implements SharedStore {

    /** What becomes of the commits from now on. */
    enum Commits {
        HEARD,
        DONE_UNHEARD,
        NOT_DONE
    }

    private final SharedStore store;
    volatile Commits commits = Commits.HEARD;
    volatile boolean silent;

    LossyStore(SharedStore store) {
        this.store = store;
    }

    private void answer() throws IOException {
        if (silent) {
            throw new StoreUnreachableException("the store is silent (test)", null);
        }
    }

    @Override
    public Head prepare(String origin) throws IOException {
        answer();
        return store.prepare(origin);
    }

    @Override
    public Head head() throws IOException {
        answer();
        return store.head();
    }

    @Override
    public List<byte[]> entries(long from, long to) throws IOException {
        answer();
        return store.entries(from, to);
    }

    @Override
    public Turn turn() throws IOException {
        answer();
        return new LossyTurn(store.turn());
    }

    @Override
    public Optional<PeopleRow> row(String commitment) throws IOException {
        return store.row(commitment);
    }

    @Override
    public Optional<String> commitmentOf(String actor) throws IOException {
        return store.commitmentOf(actor);
    }

    @Override
    public List<String> texts(Predicate<String> condition) throws IOException {
        return store.texts(condition);
    }

    @Override
    public int erase(String actor, List<String> texts) throws IOException {
        return store.erase(actor, texts);
    }

    @Override
    public String toString() {
        return store.toString();
    }

    @Override
    public void close() {
        store.close();
    }

    private final class LossyTurn implements Turn {

        private final Turn turn;

        LossyTurn(Turn turn) {
            this.turn = turn;
        }

        @Override
        public void commit() throws IOException {
            if (commits != Commits.NOT_DONE) {
                turn.commit();
            }
            if (commits != Commits.HEARD) {
                silent = true;
                answer();
            }
        }

        @Override
        public Head head() {
            return turn.head();
        }

        @Override
        public Optional<String> commitmentOf(String actor) throws IOException {
            return turn.commitmentOf(actor);
        }

        @Override
        public void add(PeopleRow row) throws IOException {
            turn.add(row);
        }

        @Override
        public void append(List<byte[]> entries, Head next) throws IOException {
            turn.append(entries, next);
        }

        @Override
        public long merged(String spool) throws IOException {
            return turn.merged(spool);
        }

        @Override
        public void merged(String spool, long count) throws IOException {
            turn.merged(spool, count);
        }

        @Override
        public void close() {
            turn.close();
        }
    }
}
