package io.jenkins.plugins.rollback.engine.trigger.format;

import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerts of one body. One that cannot be read does not spoil its neighbours: a sender that gets an error does not send
 * the others again.
 */
final class Drafts {

    private static final int MOST = 500;

    /** Makes one. */
    interface Source {
        /** @return {@code null} when it starts and ends nothing */
        Draft make() throws AlertException;
    }

    final List<Draft> list = new ArrayList<>();
    final List<AlertException> faults = new ArrayList<>();

    void add(Source source) throws AlertException {
        if (list.size() + faults.size() == MOST) {
            throw new AlertException("body", "more than " + MOST + " alerts");
        }
        try {
            Draft draft = source.make();
            if (draft != null) {
                list.add(draft);
            }
        } catch (AlertException e) {
            faults.add(e);
        }
    }
}
