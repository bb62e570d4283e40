/** Retained artifacts: content-addressed, verified, visible only when whole. */
package io.jenkins.plugins.rollback.engine.vault;
