package io.jenkins.plugins.rollback.engine.drill;

import java.util.Locale;

/** The parts of a drill, in the words that a rollback plan uses too. */
public enum Phase {
    PREPARE("starting the systems"),
    RETAIN("keeping what is needed to go back"),
    DEPLOY("giving a version traffic"),
    GATE("watching it against the one before"),
    ISOLATE("taking traffic from the bad version"),
    RESTORE("bringing the last good release out of the vault"),
    REVERT("giving the traffic back"),
    VERIFY("making sure that it is healthy again"),
    RECORD("checking the ledger");

    private final String meaning;

    Phase(String meaning) {
        this.meaning = meaning;
    }

    /** One line for a person. */
    public String meaning() {
        return meaning;
    }

    /** For example {@code gate}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
