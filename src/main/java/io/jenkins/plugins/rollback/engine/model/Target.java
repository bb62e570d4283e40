package io.jenkins.plugins.rollback.engine.model;

/**
 * A service in an environment: what a release is deployed to and what is rolled back.
 *
 * @param service for example {@code checkout}
 * @param environment for example {@code production}
 */
public record Target(String service, String environment) implements Comparable<Target> {

    /** @throws InvalidNameException when either name breaks {@link Names} */
    public Target {
        Names.require("service", service);
        Names.require("environment", environment);
    }

    @Override
    public int compareTo(Target other) {
        int byService = service.compareTo(other.service);
        return byService != 0 ? byService : environment.compareTo(other.environment);
    }

    /** For people: {@code checkout in production}. */
    @Override
    public String toString() {
        return service + " in " + environment;
    }
}
