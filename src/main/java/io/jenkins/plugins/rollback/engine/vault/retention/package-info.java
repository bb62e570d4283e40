/** Which releases stay in the vault and which may go: policies, pins, and what is never dropped. */
package io.jenkins.plugins.rollback.engine.vault.retention;
