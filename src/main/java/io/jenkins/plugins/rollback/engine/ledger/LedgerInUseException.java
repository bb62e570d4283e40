package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else owns the ledger; the message says who. */
public class LedgerInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    LedgerInUseException(Path directory, String holder) {
        super("the ledger in " + directory + " is in use by " + holder);
    }
}
