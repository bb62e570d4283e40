package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/** An entry is asked for whose bytes the retention schedule has dropped: its hash alone is left, and its place. */
public class DroppedEntryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long index;

    public DroppedEntryException(long index) {
        super("entry " + index + " was dropped by the retention schedule");
        this.index = index;
    }

    public long index() {
        return index;
    }
}
