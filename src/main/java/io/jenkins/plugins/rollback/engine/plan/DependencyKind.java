package io.jenkins.plugins.rollback.engine.plan;

/** How one service needs another. */
public enum DependencyKind {
    /** It asks the other and waits for the answer. */
    CALLS("calls"),
    /** It reads what the other publishes: messages, events, files. */
    CONSUMES("consumes from"),
    /** Both read and write the same tables; neither is before the other. */
    SHARES_SCHEMA("shares a schema with");

    private final String verb;

    DependencyKind(String verb) {
        this.verb = verb;
    }

    /** For sentences: {@code checkout calls payments}. */
    public String verb() {
        return verb;
    }
}
