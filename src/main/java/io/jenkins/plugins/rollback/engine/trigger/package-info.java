/** Alerts from monitoring systems. */
package io.jenkins.plugins.rollback.engine.trigger;
