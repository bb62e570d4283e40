package io.jenkins.plugins.rollback.engine.trigger.setup;

/**
 * Something to do on the sender's side.
 *
 * @param text what to do, in a sentence or two
 * @param snippet what to paste, or {@code null}; the secret is a placeholder in it
 */
public record SetupStep(String text, String snippet) {}
