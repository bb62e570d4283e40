package io.jenkins.plugins.rollback.engine.ledger.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tells whether a database will do, without changing anything in it. */
public final class PostgresProbe {

    /** The oldest major version that has all that the tables need. */
    static final int OLDEST = 12;

    private PostgresProbe() {}

    /**
     * Connects and looks.
     *
     * @return what is there, for a person
     * @throws IOException saying why it will not do; the password is never in it
     */
    public static String of(Database database) throws IOException {
        try (Connection connection = Connections.open(database)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new IOException(database.where() + " is PostgreSQL " + version + "; " + OLDEST + " is needed");
            }
            String server = "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
            if (is(connection, "SELECT pg_is_in_recovery()")) {
                throw new IOException(database.where() + " is a standby: nothing can be written there");
            }
            if (is(connection, "SELECT to_regclass('rollback_head') IS NOT NULL")) {
                return server + ", with a ledger of "
                        + PostgresStore.head(connection, PostgresStore.HEAD).size() + " entries";
            }
            if (!is(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')")) {
                throw new IOException(
                        database.where() + ": this user may not make tables, and there is no ledger there yet");
            }
            return server + ", without a ledger: it is made at the next start";
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    private static boolean is(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
