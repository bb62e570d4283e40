/**
 * Alerts from monitoring systems: is it really from whom it says ({@link
 * io.jenkins.plugins.rollback.engine.trigger.auth.DeliveryVerifier}), what does it say ({@link
 * io.jenkins.plugins.rollback.engine.trigger.format.AlertParser}), and is it news ({@link
 * io.jenkins.plugins.rollback.engine.trigger.Deliveries}).
 */
package io.jenkins.plugins.rollback.engine.trigger;
