package io.jenkins.plugins.rollback.engine.ledger.retention;

/**
 * Says what is not over yet: what a projection would answer differently about today if its entries were gone. Whoever
 * sweeps asks every projection.
 */
@FunctionalInterface
public interface LiveHistory {

    /** Names what is live now. */
    void tell(Live live);
}
