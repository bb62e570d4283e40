package io.jenkins.plugins.rollback.engine.vault.pack;

/**
 * Where a piece lies.
 *
 * @param pack 32 lower-case hexadecimal digits
 * @param piece its number in the pack, from 0; a number never changes
 */
public record PieceRef(String pack, int piece) {}
