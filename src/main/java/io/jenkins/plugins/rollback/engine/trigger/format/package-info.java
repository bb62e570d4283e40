/**
 * What monitoring systems write: a reader for each of them makes a {@link
 * io.jenkins.plugins.rollback.engine.trigger.format.Draft}, the {@link
 * io.jenkins.plugins.rollback.engine.trigger.format.AlertParser} an alert of it. Readers know the sender's words and nothing
 * else; limits, names and lengths are checked in one place.
 */
package io.jenkins.plugins.rollback.engine.trigger.format;
