package io.jenkins.plugins.rollback.engine.plan;

/**
 * A service that goes back.
 *
 * @param service which
 * @param from the version that runs, or {@code null} when nobody knows
 * @param to the version that it goes back to, or {@code null} when there is none
 * @param because why it has to go, for a person
 */
public record Move(Service service, String from, String to, String because) {

    /** {@code checkout 2.4.0 -> 2.3.9}. */
    @Override
    public String toString() {
        return service.name() + " " + (from == null ? "?" : from) + " -> " + (to == null ? "?" : to);
    }
}
