package io.jenkins.plugins.rollback.engine.ledger.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/** The pool of connections of one controller: one that appends, some that read. */
final class Connections {

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final int SIZE = 4;
    private static final long WAIT_MILLIS = 3_000;

    /**
     * Durable whatever the server's default is; a controller that stops in the middle of a turn, or whose machine is
     * gone, gives it up by the server's hand; nobody waits for ever.
     */
    private static final String SESSION = "SET synchronous_commit = on; SET lock_timeout = '10s';"
            + " SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '10s'";

    private final Database database;
    private final HikariDataSource pool;

    Connections(Database database) {
        this(database, new DriverSource(database));
    }

    /** @param source opens connections to the database */
    Connections(Database database, DataSource source) {
        this.database = database;
        HikariConfig config = new HikariConfig();
        config.setPoolName("release-rollback-" + POOLS.incrementAndGet());
        config.setDataSource(source);
        config.setMaximumPoolSize(SIZE);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(WAIT_MILLIS / 2);
        config.setInitializationFailTimeout(-1); // opened when it is needed; the server may come later
        config.setAutoCommit(true);
        config.setConnectionInitSql(SESSION);
        // said and not left to the pool, which asks its first connection once: were that one cut off before it answers,
        // the pool would set up every later one with a level that does not exist, and never connect again
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool = new HikariDataSource(config);
    }

    DataSource source() {
        return pool;
    }

    Connection get() throws IOException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    /** Something that is asked of the database. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    <T> T ask(Question<T> question) throws IOException {
        try (Connection connection = get()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    Database database() {
        return database;
    }

    void close() {
        pool.close();
    }

    /** The driver itself: {@code DriverManager} would look for it among the classes of whoever calls. */
    static Connection open(Database database) throws SQLException {
        Connection connection = new Driver().connect(database.url(), database.properties());
        if (connection == null) {
            throw new SQLException("the driver does not take " + database.where(), "08001");
        }
        return connection;
    }
}
