/** Work of the vault that is done ahead of its need, on as many threads as there are processors. */
package io.jenkins.plugins.rollback.engine.vault.parallel;
