package io.jenkins.plugins.rollback.engine.ledger;

/** The ledger in a directory keeps what every ledger promises. */
public class FileLedgerContractTest extends LedgerContractTest {

    @Override
    Ledger openLedger() throws Exception {
        return open(clock);
    }
}
