package io.jenkins.plugins.rollback.engine.model;

import java.util.Objects;

/**
 * Who or what did something. Never {@code null} in an event: what nobody did, the {@link #SYSTEM system} did, and
 * says as which part.
 *
 * <p>In the ledger an actor stands as a salted commitment; this clear form lives in the erasable side table.
 *
 * @param kind a person, a part of this product, or a webhook sender
 * @param id the Jenkins user id, the part's name ({@code onFailure}, {@code recovery}) or the endpoint's id
 */
public record Actor(Kind kind, String id) {

    /** What sort of actor it is. Only a {@link #USER} can ever count as an approver or a requester. */
    public enum Kind {
        USER,
        SYSTEM,
        WEBHOOK
    }

    /** The product acting by itself, no particular part of it. */
    public static final Actor SYSTEM = system("release-rollback");

    public Actor {
        Objects.requireNonNull(kind, "kind");
        if (id == null || id.isBlank()) {
            throw new InvalidNameException("actor is missing");
        }
    }

    public static Actor user(String id) {
        return new Actor(Kind.USER, id);
    }

    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part);
    }

    public static Actor webhook(String endpoint) {
        return new Actor(Kind.WEBHOOK, endpoint);
    }

    public boolean isUser() {
        return kind == Kind.USER;
    }

    /** {@code user:alice}; what {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
    }

    /** Reads {@link #toString()}; a text without a known prefix is a user's id. */
    public static Actor parse(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = kind.name().toLowerCase(java.util.Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                return new Actor(kind, text.substring(prefix.length()));
            }
        }
        return user(text);
    }
}
