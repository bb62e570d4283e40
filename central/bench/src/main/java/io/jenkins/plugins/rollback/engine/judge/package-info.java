/**
 * Measures the judge: false alarms, catches and speed, by simulation with fixed seeds. In the judge's own package, because
 * what is measured are its tests and not the sentences around them.
 */
package io.jenkins.plugins.rollback.engine.judge;
