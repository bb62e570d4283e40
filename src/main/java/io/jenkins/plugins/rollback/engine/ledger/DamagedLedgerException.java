package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/** The ledger's files do not hold what they must; the message starts with the entry or file that is wrong. */
public class DamagedLedgerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long index;

    /** @param index the first entry that is wrong */
    public DamagedLedgerException(long index, String what) {
        super("entry " + index + " " + what);
        this.index = index;
    }

    /** About a file rather than an entry. */
    public DamagedLedgerException(String message) {
        super(message);
        this.index = -1;
    }

    /** The first entry that is wrong, or -1 when it is not about an entry. */
    public long index() {
        return index;
    }
}
