package io.jenkins.plugins.rollback.engine.ledger;

/**
 * A change of the signing key that an entry has announced.
 *
 * @param index of that entry: the first checkpoint that covers it is the first that the new key signs
 */
record KeyChange(long index, SigningKey key) {}
