/** The HTTP door for monitoring systems: signed, persisted first, carried out as a configured user. */
package io.jenkins.plugins.rollback.webhook;
