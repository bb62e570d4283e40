package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is rehearsed, and what must come out of it. */
public enum Scenario {
    /** Version 2 answers errors and slowly for a part of the requests; its gate fails and version 1 comes back. */
    BAD_CANARY(Verdict.FAIL),
    /** Version 2 is as good as version 1; its gate passes and it stays. */
    HEALTHY_CANARY(Verdict.PASS);

    private final Verdict expected;

    Scenario(Verdict expected) {
        this.expected = expected;
    }

    /** What the gate of version 2 has to say. */
    public Verdict expected() {
        return expected;
    }

    /** For example {@code bad-canary}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Scenario> of(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst();
    }

    /** All ids, for messages. */
    public static String known() {
        return Arrays.stream(values()).map(Scenario::id).collect(Collectors.joining(", "));
    }
}
