package io.jenkins.plugins.rollback.engine.ledger.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens connections with the driver that lies beside this class, whichever class loader that is. */
final class DriverSource implements DataSource {

    private final Database database;

    DriverSource(Database database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Connections.open(database);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return Connections.open(new Database(database.url(), user, password));
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the driver logs by java.util.logging
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Database sets it
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
