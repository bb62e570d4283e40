/** Carrying a rollback out: leases, journal, resume. */
package io.jenkins.plugins.rollback.engine.rollback;
