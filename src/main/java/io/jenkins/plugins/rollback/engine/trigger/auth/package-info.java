/**
 * Whether a delivery comes from whom it says: a {@link io.jenkins.plugins.rollback.engine.trigger.auth.DeliveryVerifier} for
 * each way that senders have to prove it. None contacts anybody.
 */
package io.jenkins.plugins.rollback.engine.trigger.auth;
