/** Part of a ledger as a file that an outsider can read and verify with nothing of ours. */
package io.jenkins.plugins.rollback.engine.ledger.export;
