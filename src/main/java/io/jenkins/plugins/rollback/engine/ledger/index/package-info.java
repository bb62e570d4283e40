/** Finds entries of a ledger quickly: an index that is computed from the entries and can be thrown away at any time. */
package io.jenkins.plugins.rollback.engine.ledger.index;
