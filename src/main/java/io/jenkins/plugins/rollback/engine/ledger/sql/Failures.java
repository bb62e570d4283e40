package io.jenkins.plugins.rollback.engine.ledger.sql;

import io.jenkins.plugins.rollback.engine.ledger.StoreUnreachableException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that does not answer now from one that says no. */
final class Failures {

    /**
     * Beside class 08 (connection): shutting down, starting up, too many connections, a disk that is full or does not
     * answer, a turn that another controller does not give up, a standby that cannot be written, a node that failed over.
     */
    private static final Set<String> PASSING = Set.of(
            "57P01", "57P02", "57P03", "57P05", "53100", "53200", "53300", "58030", "55P03", "57014", "25006", "25P03",
            "40001", "40P01");

    private Failures() {}

    static IOException of(Database database, SQLException failure) {
        SQLException cause = failure;
        while (cause instanceof SQLTransientConnectionException && cause.getCause() instanceof SQLException inner) {
            cause = inner; // the pool's complaint hides the driver's
        }
        String state = String.valueOf(cause.getSQLState());
        String message = database.where() + ": " + firstLine(cause);
        return state.startsWith("08")
                        || PASSING.contains(state)
                        || cause instanceof SQLTransientConnectionException
                        || hasNoState(cause)
                ? new StoreUnreachableException(message, failure)
                : new IOException(message, failure);
    }

    /** A connection that the pool has closed meanwhile says so without a state. */
    private static boolean hasNoState(SQLException cause) {
        return cause.getSQLState() == null;
    }

    static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse("").strip();
    }
}
