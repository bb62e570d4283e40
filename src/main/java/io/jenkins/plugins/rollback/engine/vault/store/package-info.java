/**
 * Where releases are kept besides, or instead of, this machine: one small interface over a folder, S3 and an OCI registry.
 * Nothing here knows how the vault packs contents; it knows parts of a vault by their name and hash.
 */
package io.jenkins.plugins.rollback.engine.vault.store;
