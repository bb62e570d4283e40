/** How long entries are kept, which ones are held whatever the schedule says, and dropping what is past its time. */
package io.jenkins.plugins.rollback.engine.ledger.retention;
