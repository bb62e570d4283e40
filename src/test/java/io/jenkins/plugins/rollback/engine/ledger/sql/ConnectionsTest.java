package io.jenkins.plugins.rollback.engine.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.Rule;
import org.junit.Test;

public class ConnectionsTest {

    @Rule
    public final PostgresServer postgres = new PostgresServer();

    @Test
    public void aFirstConnectionThatIsCutOffWhileItIsSetUpSpoilsNoLaterOne() throws Exception {
        Database database = postgres.database();
        Connections connections = new Connections(database, cutOffOnce(new DriverSource(database)));
        try {
            assertThat(connections.ask(ConnectionsTest::one)).isEqualTo(1);
            assertThat(connections.ask(Connection::getTransactionIsolation))
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        } finally {
            connections.close();
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The server goes away when the first connection is asked for its level, which is what a pool does first. */
    private static DataSource cutOffOnce(DriverSource source) {
        AtomicBoolean cut = new AtomicBoolean();
        return proxy(
                DataSource.class,
                source,
                "getConnection",
                real -> proxy(Connection.class, (Connection) real, "getTransactionIsolation", level -> {
                    if (cut.compareAndSet(false, true)) {
                        ((Connection) real).close();
                        throw new SQLException("the server closed the connection", "08006");
                    }
                    return level;
                }));
    }

    @FunctionalInterface
    private interface Change {
        Object of(Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, String method, Change change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, args) -> {
            try {
                Object result = called.invoke(target, args);
                return called.getName().equals(method) ? change.of(result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
