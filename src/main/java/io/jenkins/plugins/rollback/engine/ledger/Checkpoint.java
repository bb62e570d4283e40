package io.jenkins.plugins.rollback.engine.ledger;

/**
 * A C2SP tlog-checkpoint: the size and root hash of the ledger at one moment, signed.
 *
 * @param origin the log's name
 * @param size how many entries it covers
 * @param rootHash RFC 6962 Merkle tree hash over them, base 64
 * @param note the whole signed note, as other people's tools read it (ends in a line feed)
 */
public record Checkpoint(String origin, long size, String rootHash, String note) {}
