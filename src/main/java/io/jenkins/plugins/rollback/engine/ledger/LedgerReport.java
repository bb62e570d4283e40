package io.jenkins.plugins.rollback.engine.ledger;

import java.util.List;

/**
 * What verifying a ledger came to.
 *
 * @param problem what is wrong, starting with the entry or the file, or {@code null} when nothing is
 * @param firstBad index of the first bad entry, or -1 when nothing is wrong or it is not about an entry
 * @param checkpoint the signed checkpoint, or {@code null} when there is no valid one
 * @param pending durable entries that the checkpoint does not cover yet
 * @param clockJumps entries whose clock stood before that of an earlier one
 * @param dropped entries whose bytes the retention schedule has dropped, as entries of the ledger say
 * @param notes what is not wrong but worth knowing
 */
public record LedgerReport(
        String problem,
        long firstBad,
        Checkpoint checkpoint,
        long pending,
        long clockJumps,
        long dropped,
        List<String> notes) {

    public boolean ok() {
        return problem == null;
    }

    /** How many entries there are, pending ones included. */
    public long entries() {
        return (checkpoint == null ? 0 : checkpoint.size()) + pending;
    }
}
