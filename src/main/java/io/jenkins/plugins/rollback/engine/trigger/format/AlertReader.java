package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/** Knows how one sender writes its alerts. Has no state. */
interface AlertReader {

    /**
     * Takes the alerts out of a body.
     *
     * @param found takes each one; none when the body is about something that starts and ends no incident
     * @throws AlertException when the body is not of this format
     */
    void read(JsonNode body, Drafts found) throws AlertException;
}
