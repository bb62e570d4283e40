package io.jenkins.plugins.rollback.engine.vault;

/**
 * Outcome of retaining a release.
 *
 * @param manifest what the vault now has
 * @param storedBytes what was added on disk; 0 when everything was there already
 */
public record Retained(Manifest manifest, long storedBytes) {}
