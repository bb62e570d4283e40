package io.jenkins.plugins.rollback.engine.ledger.sql;

import io.jenkins.plugins.rollback.engine.ledger.PeopleRow;
import io.jenkins.plugins.rollback.engine.ledger.SharedStore;
import io.jenkins.plugins.rollback.engine.ledger.StoreUnreachableException;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A transaction that has the head row locked. */
final class PostgresTurn implements SharedStore.Turn {

    private static final Logger LOGGER = Logger.getLogger(PostgresTurn.class.getName());

    private final Database database;
    private final Connection connection;
    private SharedStore.Head head;
    private boolean open = true;

    private PostgresTurn(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    static PostgresTurn take(Connections connections) throws IOException {
        PostgresTurn turn = new PostgresTurn(connections.database(), connections.get());
        try {
            turn.connection.setAutoCommit(false);
            turn.head = PostgresStore.head(turn.connection, PostgresStore.HEAD + " FOR UPDATE");
            return turn;
        } catch (SQLException e) {
            turn.close();
            throw Failures.of(connections.database(), e);
        }
    }

    @Override
    public SharedStore.Head head() {
        return head;
    }

    @Override
    public Optional<String> commitmentOf(String actor) throws IOException {
        try {
            return PostgresStore.commitmentOf(connection, actor);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    @Override
    public void add(PeopleRow row) throws IOException {
        update(
                "INSERT INTO rollback_people (commitment, kind, clear, salt) VALUES (?, ?, ?, ?)",
                row.commitment(),
                row.kind(),
                row.clear(),
                row.salt());
    }

    @Override
    public void append(List<byte[]> entries, SharedStore.Head next) throws IOException {
        if (next.size() != head.size() + entries.size()) {
            throw new IllegalArgumentException(
                    entries.size() + " entries do not lead from " + head.size() + " to " + next.size());
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rollback_entry (index, entry)"
                + " SELECT ? + number - 1, entry FROM unnest(?) WITH ORDINALITY AS new (entry, number)")) {
            Array array = connection.createArrayOf("bytea", entries.toArray(new byte[0][]));
            insert.setLong(1, head.size());
            insert.setArray(2, array);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
        update("UPDATE rollback_head SET size = ?, root = ?, latest = ?", next.size(), next.rootHash(), next.latest());
        head = next;
    }

    @Override
    public long merged(String spool) throws IOException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT merged FROM rollback_spool WHERE spool = ?")) {
            select.setString(1, spool);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    @Override
    public void merged(String spool, long count) throws IOException {
        update(
                "INSERT INTO rollback_spool (spool, merged) VALUES (?, ?)"
                        + " ON CONFLICT (spool) DO UPDATE SET merged = excluded.merged",
                spool,
                count);
    }

    /** Deletes rows of the side table and tells all controllers to forget what they have read. */
    int erase(String actor, List<String> texts) throws IOException {
        update("UPDATE rollback_head SET erasures = erasures + 1");
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM rollback_people"
                + " WHERE kind = 'actor' AND clear = ? OR kind = 'text' AND commitment = ANY (?)")) {
            delete.setString(1, actor);
            delete.setArray(2, connection.createArrayOf("text", texts.toArray()));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    private void update(String sql, Object... parameters) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    @Override
    public void commit() throws IOException {
        try {
            open = false;
            connection.commit();
        } catch (SQLException e) {
            // whatever it says, only the server knows now whether it happened
            throw new StoreUnreachableException(database.where() + ": " + Failures.firstLine(e), e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (open) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // the server rolls back what it does not hear of any more, and the pool throws the connection away
            LOGGER.log(Level.FINE, "Closing a turn", e);
        }
    }
}
