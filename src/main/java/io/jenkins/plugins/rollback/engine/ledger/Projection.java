package io.jenkins.plugins.rollback.engine.ledger;

/** Something that is computed from the ledger's entries alone and can be thrown away and rebuilt at any time. */
@FunctionalInterface
public interface Projection {

    /**
     * Takes the next entry. Called in order of the index, one call at a time, while appends wait: memory only, quick,
     * no I/O, no append. An entry that makes no sense to the projection is ignored, never an exception: what is in the
     * ledger has happened.
     */
    void apply(Entry entry);
}
