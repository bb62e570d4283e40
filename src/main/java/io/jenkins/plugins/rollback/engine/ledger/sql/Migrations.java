package io.jenkins.plugins.rollback.engine.ledger.sql;

import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date. Controllers that start together do it one after the other: Flyway locks. */
final class Migrations {

    private static final String FOLDER = "classpath:io/jenkins/plugins/rollback/engine/ledger/sql";

    private Migrations() {}

    static void run(Database database, DataSource source) throws IOException {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .locations(FOLDER)
                    .table("rollback_schema_history")
                    .baselineOnMigrate(true) // other tables may be there: ours have names of their own
                    .baselineVersion("0")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw failure(database, e);
        }
    }

    private static IOException failure(Database database, FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Failures.of(database, sql);
            }
        }
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new IOException(database.where() + ": the tables cannot be brought up to date: " + message, failure);
    }
}
