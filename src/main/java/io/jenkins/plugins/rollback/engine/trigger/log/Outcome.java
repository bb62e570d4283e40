package io.jenkins.plugins.rollback.engine.trigger.log;

/** What became of a delivery. */
public enum Outcome {
    /** Recorded in the ledger; something follows, or an incident is over. */
    TAKEN(Group.TAKEN),
    /** Trusted, and wrong: not the JSON that the endpoint reads. */
    UNREADABLE(Group.TAKEN),
    /** Trusted, and not recorded: our own trouble. */
    FAILED(Group.TAKEN),
    /** Sent by a person to see what would happen. */
    TEST(Group.TAKEN),
    /** Trusted, and nothing new. */
    IGNORED(Group.IGNORED),
    /** From nobody knows whom, or not the shape of a delivery. */
    REFUSED(Group.REFUSED);

    /** Which deliveries push each other out of the log: a flood of strangers must not push out what was taken. */
    enum Group {
        TAKEN(50),
        IGNORED(20),
        REFUSED(20);

        final int most;

        Group(int most) {
            this.most = most;
        }
    }

    private final Group group;

    Outcome(Group group) {
        this.group = group;
    }

    Group group() {
        return group;
    }

    /** Whether any number of equal ones is one line with a count. */
    boolean folds() {
        return group != Group.TAKEN;
    }
}
