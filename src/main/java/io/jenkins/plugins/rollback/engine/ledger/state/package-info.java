/** Keeps what is projected from a ledger in files, signed and tied to its tree, so that a start need not replay it all. */
package io.jenkins.plugins.rollback.engine.ledger.state;
