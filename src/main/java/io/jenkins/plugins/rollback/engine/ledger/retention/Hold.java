package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import java.time.Instant;

/**
 * A legal hold: entries that are kept whatever the schedule says, until somebody lifts it.
 *
 * @param id that it is lifted by
 * @param on which entries
 * @param entry index of the entry that placed it; actor and reason are there
 */
public record Hold(String id, Scope on, long entry) {

    /**
     * Which entries a hold is about: all parts that are not {@code null} must hold of an entry.
     *
     * @param subject a deployment or rollback: everything that belongs to it
     * @param actor commitment to who did it
     * @param from not before this moment
     * @param to before this moment
     */
    public record Scope(String service, String environment, String subject, String actor, Instant from, Instant to) {

        /** @throws IllegalArgumentException when it is about nothing, or about no time at all */
        public Scope {
            if (service == null
                    && environment == null
                    && subject == null
                    && actor == null
                    && from == null
                    && to == null) {
                throw new IllegalArgumentException("a hold needs a service, environment, rollback, actor or period");
            }
            if (from != null && to != null && !from.isBefore(to)) {
                throw new IllegalArgumentException("a hold from " + from + " to " + to + " is about no time at all");
            }
        }

        /** Whether all holds of an entry but the subject, which its surroundings say. */
        boolean isAbout(Entry entry) {
            return (service == null || service.equals(entry.service()))
                    && (environment == null || environment.equals(entry.environment()))
                    && (actor == null || actor.equals(entry.actor()))
                    && (from == null || !entry.time().isBefore(from))
                    && (to == null || entry.time().isBefore(to));
        }
    }
}
