package io.jenkins.plugins.rollback.engine.ledger;

/** What must hold at the moment an event is appended. See {@link Ledger#append(Event, Condition)}. */
@FunctionalInterface
public interface Condition {

    Condition ALWAYS = () -> {};

    /**
     * Looks at projections (memory only: no I/O, no append, no waiting) and returns when the event may be appended.
     *
     * @throws ConditionFailedException with a message for a person that says what is in the way
     */
    void check() throws ConditionFailedException;
}
