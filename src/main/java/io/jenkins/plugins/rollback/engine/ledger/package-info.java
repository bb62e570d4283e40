/** The append-only record of everything that happened, and its proofs. */
package io.jenkins.plugins.rollback.engine.ledger;
