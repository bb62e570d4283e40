/** The ledger that several controllers share, in PostgreSQL. */
package io.jenkins.plugins.rollback.engine.ledger.sql;
