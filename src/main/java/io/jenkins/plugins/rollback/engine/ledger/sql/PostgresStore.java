package io.jenkins.plugins.rollback.engine.ledger.sql;

import io.jenkins.plugins.rollback.engine.ledger.DamagedLedgerException;
import io.jenkins.plugins.rollback.engine.ledger.PeopleRow;
import io.jenkins.plugins.rollback.engine.ledger.SharedStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The shared store in PostgreSQL 12 or newer. The one row of {@code rollback_head} is the lock that makes the order:
 * who has it locked reads where the order stands, adds entries behind, and commits both in one transaction. So numbers
 * have no gap (an aborted transaction uses none up) and no duplicate (the primary key would refuse it as well).
 */
public final class PostgresStore implements SharedStore {

    /** RFC 6962 root hash of no entry. */
    private static final String EMPTY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private static final int PAGE = 1_000;

    static final String HEAD = "SELECT origin, size, root, latest, erasures FROM rollback_head";

    private final Connections connections;

    /** Connects when it is first asked something. */
    public PostgresStore(Database database) {
        connections = new Connections(database);
    }

    @Override
    public Head prepare(String origin) throws IOException {
        Migrations.run(connections.database(), connections.source());
        connections.ask(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rollback_head"
                    + " (origin, size, root, latest, erasures) VALUES (?, 0, ?, 0, 0) ON CONFLICT DO NOTHING")) {
                insert.setString(1, origin);
                insert.setString(2, EMPTY);
                return insert.executeUpdate();
            }
        });
        return head();
    }

    @Override
    public Head head() throws IOException {
        return connections.ask(connection -> head(connection, HEAD));
    }

    static Head head(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new SQLException("the table rollback_head is empty: the ledger lost its head", "P0002");
            }
            return new Head(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5));
        }
    }

    @Override
    public List<byte[]> entries(long from, long to) throws IOException {
        List<byte[]> entries = connections.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT entry FROM rollback_entry WHERE index >= ? AND index < ? ORDER BY index")) {
                select.setLong(1, from);
                select.setLong(2, to);
                List<byte[]> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getBytes(1));
                    }
                }
                return found;
            }
        });
        if (entries.size() != to - from) {
            throw new DamagedLedgerException("the database holds " + entries.size() + " of the " + (to - from)
                    + " entries from " + from + " on: some were deleted");
        }
        return entries;
    }

    @Override
    public Turn turn() throws IOException {
        return PostgresTurn.take(connections);
    }

    @Override
    public Optional<PeopleRow> row(String commitment) throws IOException {
        return connections.ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT kind, commitment, clear, salt FROM rollback_people WHERE commitment = ?")) {
                select.setString(1, commitment);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new PeopleRow(
                                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public Optional<String> commitmentOf(String actor) throws IOException {
        return connections.ask(connection -> commitmentOf(connection, actor));
    }

    static Optional<String> commitmentOf(Connection connection, String actor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT commitment FROM rollback_people WHERE kind = 'actor' AND clear = ?")) {
            select.setString(1, actor);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public List<String> texts(Predicate<String> condition) throws IOException {
        return connections.ask(connection -> {
            connection.setAutoCommit(false); // only then the driver fetches a page at a time
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT commitment, clear FROM rollback_people WHERE kind = 'text' ORDER BY number")) {
                select.setFetchSize(PAGE);
                List<String> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        if (condition.test(rows.getString(2))) {
                            found.add(rows.getString(1));
                        }
                    }
                }
                connection.rollback();
                return found;
            }
        });
    }

    @Override
    public int erase(String actor, List<String> texts) throws IOException {
        int gone;
        try (PostgresTurn turn = PostgresTurn.take(connections)) {
            gone = turn.erase(actor, texts);
            turn.commit();
        }
        // the rows are still in the table's file until it is vacuumed; the write-ahead log and backups are the DBA's
        connections.ask(connection -> {
            try (Statement vacuum = connection.createStatement()) {
                return vacuum.execute("VACUUM rollback_people");
            }
        });
        return gone;
    }

    @Override
    public String toString() {
        return connections.database().where();
    }

    @Override
    public void close() {
        connections.close();
    }
}
