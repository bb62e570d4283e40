package io.jenkins.plugins.rollback.engine.plan;

/**
 * A promise about versions: a service in one range works with another in a range.
 *
 * @param own versions of the service that promises
 * @param other the other service
 * @param versions versions of the other that it works with
 */
public record WorksWith(VersionRange own, String other, VersionRange versions) {}
