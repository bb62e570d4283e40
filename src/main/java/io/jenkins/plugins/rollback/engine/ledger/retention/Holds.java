package io.jenkins.plugins.rollback.engine.ledger.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The holds that are in force: a projection of the ledger, and the commands that place and lift them. Thread safe. */
public final class Holds implements Projection {

    private final Map<String, Hold> inForce = new LinkedHashMap<>(); // guarded by itself
    private long next;

    @Override
    public void apply(Entry entry) {
        synchronized (inForce) {
            if (entry.index() < next) {
                return; // seen already
            }
            next = entry.index() + 1;
            if (entry.kind() == EventKind.HOLD_PLACED) {
                inForce.putIfAbsent(
                        entry.text("hold"),
                        new Hold(entry.text("hold"), scope(entry.data().path("on")), entry.index()));
            } else if (entry.kind() == EventKind.HOLD_LIFTED) {
                inForce.remove(entry.text("hold"));
            }
        }
    }

    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        Holds fresh = new Holds();
        entries.show(0, fresh);
        synchronized (inForce) {
            inForce.clear();
            inForce.putAll(fresh.inForce);
            next = fresh.next;
        }
    }

    /** Those in force, oldest first. */
    public List<Hold> list() {
        synchronized (inForce) {
            return List.copyOf(inForce.values());
        }
    }

    /**
     * Places a hold.
     *
     * @param ledger that this is attached to
     * @param id by which it will be lifted, for example the number of a case at law; not in use
     * @param who a person, for the entry
     * @param reason free text, required
     * @throws ConditionFailedException when the id is in use
     */
    public Entry place(Ledger ledger, String id, Hold.Scope on, Actor who, String reason)
            throws IOException, ConditionFailedException {
        return ledger.append(
                Event.of(EventKind.HOLD_PLACED)
                        .actor(who)
                        .reason(required(reason))
                        .with("hold", id)
                        .with("on", json(on)),
                () -> {
                    if (isInForce(id)) {
                        throw new ConditionFailedException("there is a hold '" + id + "' already");
                    }
                });
    }

    /**
     * Lifts a hold; what it held may be dropped by the next sweep.
     *
     * @throws ConditionFailedException when there is no such hold (any more)
     */
    public Entry lift(Ledger ledger, String id, Actor who, String reason) throws IOException, ConditionFailedException {
        return ledger.append(
                Event.of(EventKind.HOLD_LIFTED)
                        .actor(who)
                        .reason(required(reason))
                        .with("hold", id),
                () -> {
                    if (!isInForce(id)) {
                        throw new ConditionFailedException("there is no hold '" + id + "'");
                    }
                });
    }

    private boolean isInForce(String id) {
        synchronized (inForce) {
            return inForce.containsKey(id);
        }
    }

    private static String required(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("a reason is required");
        }
        return reason;
    }

    private static ObjectNode json(Hold.Scope on) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "service", on.service());
        put(json, "environment", on.environment());
        put(json, "subject", on.subject());
        put(json, "actor", on.actor());
        put(json, "from", on.from());
        put(json, "to", on.to());
        return json;
    }

    private static void put(ObjectNode json, String key, Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }

    private static Hold.Scope scope(JsonNode json) {
        return new Hold.Scope(
                text(json, "service"),
                text(json, "environment"),
                text(json, "subject"),
                text(json, "actor"),
                time(json, "from"),
                time(json, "to"));
    }

    private static String text(JsonNode json, String key) {
        return json.hasNonNull(key) ? json.get(key).asText() : null;
    }

    private static Instant time(JsonNode json, String key) {
        return json.hasNonNull(key) ? Instant.parse(json.get(key).asText()) : null;
    }
}
