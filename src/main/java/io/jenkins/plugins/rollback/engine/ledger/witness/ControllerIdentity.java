package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who uses a ledger, in facts of which at least one differs when a controller was cloned or moved. None of them is bound
 * to a machine: containers change theirs with every start.
 *
 * @param instance a random id that a controller makes at its first start and keeps
 * @param url where people find it, or {@code null} while nobody has said so
 * @param home its home folder
 */
public record ControllerIdentity(String instance, String url, String home) {

    public ControllerIdentity {
        if (!isField(instance) || !isField(home) || url != null && !isField(url)) {
            throw new IllegalArgumentException("a part of an identity is a text without tabs and line ends");
        }
    }

    private static boolean isField(String text) {
        return text != null && !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    /** What differs from an earlier identity, a sentence each for a person; empty when it is the same controller. */
    List<String> differencesFrom(ControllerIdentity before) {
        List<String> differences = new ArrayList<>();
        compare(differences, "controller", before.instance, instance);
        if (before.url != null && url != null) { // a new controller gets its address some time after its first start
            compare(differences, "address", before.url, url);
        }
        compare(differences, "home folder", before.home, home);
        return differences;
    }

    private static void compare(List<String> differences, String what, String before, String now) {
        if (!before.equals(now)) {
            differences.add("The ledger was last used by the " + what + " " + before + "; this is " + now + ".");
        }
    }

    /** This one, with the address of the earlier one when this has none. */
    ControllerIdentity orUrlOf(ControllerIdentity before) {
        return url == null ? new ControllerIdentity(instance, before.url, home) : this;
    }

    /** One line, which {@link #parse} reads. */
    String line() {
        return instance + "\t" + Objects.requireNonNullElse(url, "") + "\t" + home;
    }

    /** @throws IllegalArgumentException when it is none */
    static ControllerIdentity parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + line + "' is no identity");
        }
        return new ControllerIdentity(parts[0], parts[1].isEmpty() ? null : parts[1], parts[2]);
    }
}
