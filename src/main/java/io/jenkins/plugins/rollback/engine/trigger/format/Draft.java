package io.jenkins.plugins.rollback.engine.trigger.format;

import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.time.Instant;

/** An alert as a sender's format has it, not yet checked; what was not said is {@code null}. */
final class Draft {

    final Alert.State state;
    String service;
    String environment;
    String severity;
    String dedupe;
    String summary;
    String link;
    Instant at;

    Draft(Alert.State state) {
        this.state = state;
    }

    /** Service and environment by the convention of {@link Labels}. */
    Draft about(Labels labels) throws AlertException {
        return about(labels.service(), labels.environment());
    }

    Draft about(String itsService, String itsEnvironment) {
        this.service = itsService;
        this.environment = itsEnvironment;
        return this;
    }

    Draft severity(String word) {
        this.severity = word;
        return this;
    }

    Draft dedupe(String key) {
        this.dedupe = key;
        return this;
    }

    Draft summary(String text) {
        this.summary = text;
        return this;
    }

    Draft link(String url) {
        this.link = url;
        return this;
    }

    Draft at(Instant time) {
        this.at = time;
        return this;
    }
}
