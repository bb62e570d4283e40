/** The ledger for people: search, entries with their proofs, verification, and the alarm when it fails. */
package io.jenkins.plugins.rollback.actions.audit;
