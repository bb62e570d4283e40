package io.jenkins.plugins.rollback.engine.trigger;

/**
 * A delivery that may be trusted.
 *
 * @param id stands for this very delivery, in the ledger too: 32 hexadecimal digits
 * @param timestamp epoch seconds that the sender signed; where it signs none, those at which it arrived
 */
public record Signed(String id, long timestamp) {}
