/** What came to an endpoint lately and what became of it, for people who look why nothing follows. The ledger is the record. */
package io.jenkins.plugins.rollback.engine.trigger.log;
