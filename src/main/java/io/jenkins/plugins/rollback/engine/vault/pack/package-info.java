/**
 * Packs: files of content-addressed pieces, written once, and the recipes that put the pieces together again. The format
 * is described for other programs in {@code docs/reference/vault-format.md}.
 */
package io.jenkins.plugins.rollback.engine.vault.pack;
