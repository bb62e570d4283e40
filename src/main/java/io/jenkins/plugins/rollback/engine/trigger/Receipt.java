package io.jenkins.plugins.rollback.engine.trigger;

import io.jenkins.plugins.rollback.engine.ledger.Entry;

/**
 * What became of a delivery.
 *
 * @param news whether anything should follow from it
 * @param entry its entry in the ledger; {@code null} when it is no news: a storm of repetitions leaves no trace
 * @param why one line for the sender and the log
 */
public record Receipt(boolean news, Entry entry, String why) {}
