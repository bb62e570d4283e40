/** A judge polled over time: PASS, FAIL, INCONCLUSIVE, NO_DATA, ERROR. */
package io.jenkins.plugins.rollback.engine.gate;
