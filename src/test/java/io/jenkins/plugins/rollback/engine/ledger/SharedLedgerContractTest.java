package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import org.junit.Before;
import org.junit.ClassRule;

/** The ledger in PostgreSQL keeps what every ledger promises. */
public class SharedLedgerContractTest extends LedgerContractTest {

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    private Database database;

    @Before
    public void newSchema() throws Exception {
        database = POSTGRES.database();
    }

    @Override
    Ledger openLedger() throws Exception {
        return SharedLedger.open(SharedLedgers.setup(dir(), "first"), new PostgresStore(database), clock);
    }
}
