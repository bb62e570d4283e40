package io.jenkins.plugins.rollback.engine.plan;

/**
 * One service needs another.
 *
 * @param consumer who needs
 * @param provider who is needed
 * @param kind in which way
 */
public record Dependency(String consumer, String provider, DependencyKind kind) {

    /** {@code checkout calls payments}. */
    @Override
    public String toString() {
        return consumer + " " + kind.verb() + " " + provider;
    }
}
