package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.time.Instant;

/**
 * Where publishing to a witness stands.
 *
 * @param kept size of the newest checkpoint that the witness has from us, or -1 when it has none yet
 * @param problem what the last attempt failed with, or {@code null}
 * @param since when the first of the failed attempts was, or {@code null} when the last one was none
 */
public record WitnessState(String name, long kept, String problem, Instant since) {}
