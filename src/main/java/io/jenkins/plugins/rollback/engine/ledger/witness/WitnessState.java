package io.jenkins.plugins.rollback.engine.ledger.witness;

/**
 * Where publishing to a witness stands.
 *
 * @param kept size of the newest checkpoint that the witness has from us, or -1 when it has none yet
 * @param problem what the last attempt failed with, or {@code null}
 */
public record WitnessState(String name, long kept, String problem) {}
