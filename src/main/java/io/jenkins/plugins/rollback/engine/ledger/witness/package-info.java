/** Those outside who remember checkpoints, and what follows when they remember something else than the ledger has. */
package io.jenkins.plugins.rollback.engine.ledger.witness;
