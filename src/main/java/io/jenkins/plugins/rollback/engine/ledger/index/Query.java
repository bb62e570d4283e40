package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to search for. Every part is optional, and all that are given must hold. Mutable builder and value in one.
 *
 * <pre>{@code
 * Query.all().service("checkout").kind(EventKind.ROLLBACK_DONE).text("INC-12")
 * }</pre>
 */
public final class Query {

    private final Map<String, String> said = new LinkedHashMap<>();
    private String service;
    private String environment;
    private String version;
    private String subject;
    private String actor;
    private String kind;
    private Instant from;
    private Instant to;
    private String text;

    private Query() {}

    public static Query all() {
        return new Query();
    }

    public Query service(String name) {
        service = note("service", name);
        return this;
    }

    public Query environment(String name) {
        environment = note("environment", name);
        return this;
    }

    /** The version of a service, as in {@code release} of an entry. */
    public Query version(String name) {
        version = note("release", name);
        return this;
    }

    /** The id of a rollback or deployment; finds its gates, looks, votes and leases too. */
    public Query subject(String id) {
        subject = note("rollback", id);
        return this;
    }

    /** A person's id, an actor such as {@code webhook:alerts}, or eight or more digits of a commitment. */
    public Query actor(String who) {
        actor = note("actor", who);
        return this;
    }

    public Query kind(EventKind what) {
        kind = note("kind", what == null ? null : what.wire());
        return this;
    }

    /** A kind by its wire name, or the first part of it: {@code rollback} is every {@code rollback.*}. */
    public Query kind(String wire) {
        kind = note("kind", wire);
        return this;
    }

    /** Not before this moment. */
    public Query from(Instant earliest) {
        from = earliest;
        note("from", earliest == null ? null : earliest.toString());
        return this;
    }

    /** Before this moment. */
    public Query to(Instant end) {
        to = end;
        note("to", end == null ? null : end.toString());
        return this;
    }

    /** Words of the reason; each may be the beginning of one, if it has three letters. */
    public Query text(String words) {
        text = note("text", words);
        return this;
    }

    private String note(String key, String value) {
        String clean = value == null || value.isBlank() ? null : value.strip();
        said.remove(key);
        if (clean != null) {
            said.put(key, clean);
        }
        return clean;
    }

    /** What was asked for, by name, in the order it was given. The text and the actor may be personal data. */
    public Map<String, String> said() {
        return Map.copyOf(said);
    }

    String service() {
        return service;
    }

    String environment() {
        return environment;
    }

    String version() {
        return version;
    }

    String subject() {
        return subject;
    }

    String actor() {
        return actor;
    }

    String kind() {
        return kind;
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    String text() {
        return text;
    }
}
