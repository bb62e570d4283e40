package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened or is about to, in clear text, before it becomes an {@link Entry} of the ledger. An event
 * is appended before it takes effect.
 *
 * <pre>{@code
 * ledger.append(Event.of(EventKind.DEPLOYMENT_STARTED)
 *         .target(target)
 *         .version("1.4.2")
 *         .actor(Actor.user("alice"))
 *         .with("deployment", id));
 * }</pre>
 *
 * <p>Mutable builder and value in one; not thread safe; build it, append it, forget it.
 */
public final class Event {

    private final EventKind kind;
    private String service;
    private String environment;
    private String version;
    private Actor actor = Actor.SYSTEM;
    private String reason;
    private final ObjectNode data = JsonNodeFactory.instance.objectNode();

    private Event(EventKind kind) {
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public static Event of(EventKind kind) {
        return new Event(kind);
    }

    public Event target(Target target) {
        service = target.service();
        environment = target.environment();
        return this;
    }

    public Event service(String name) {
        service = name;
        return this;
    }

    public Event environment(String name) {
        environment = name;
        return this;
    }

    /** The version of the service that the event is about. */
    public Event version(String releaseVersion) {
        version = releaseVersion;
        return this;
    }

    /** Sets service and version. */
    public Event release(ReleaseId release) {
        service = release.service();
        version = release.version();
        return this;
    }

    /** Who did it; {@link Actor#SYSTEM} when never called. Stored as a commitment, never in clear. */
    public Event actor(Actor who) {
        actor = Objects.requireNonNull(who, "actor");
        return this;
    }

    /** Free text by a person; may name people, so it is stored as a commitment, never in clear. */
    public Event reason(String text) {
        reason = text == null || text.isBlank() ? null : text;
        return this;
    }

    /** Adds a fact that is not personal data. A {@code null} value is left out. */
    public Event with(String key, String value) {
        if (value != null) {
            data.put(key, value);
        }
        return this;
    }

    public Event with(String key, long value) {
        data.put(key, value);
        return this;
    }

    public Event with(String key, double value) {
        data.put(key, value);
        return this;
    }

    public Event with(String key, boolean value) {
        data.put(key, value);
        return this;
    }

    public Event with(String key, Instant value) {
        return with(key, value == null ? null : value.toString());
    }

    /** Adds a structure (for example a gate's metrics); it must hold no personal data. */
    public Event with(String key, com.fasterxml.jackson.databind.JsonNode value) {
        if (value != null) {
            data.set(key, value);
        }
        return this;
    }

    public EventKind kind() {
        return kind;
    }

    /** Or {@code null} when the event is about no service. */
    public String service() {
        return service;
    }

    /** Or {@code null}. */
    public String environment() {
        return environment;
    }

    /** Or {@code null}. */
    public String version() {
        return version;
    }

    public Actor actor() {
        return actor;
    }

    /** Or {@code null}. */
    public String reason() {
        return reason;
    }

    public ObjectNode data() {
        return data;
    }
}
