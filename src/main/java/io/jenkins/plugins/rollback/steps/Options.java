package io.jenkins.plugins.rollback.steps;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.util.List;

/** Checks of the steps' options. */
final class Options {

    private Options() {}

    /**
     * Returns the value when it is allowed; nothing stands for the first.
     *
     * @throws IllegalArgumentException listing the allowed values
     */
    static String oneOf(String option, String value, String... allowed) {
        String trimmed = Util.fixEmptyAndTrim(value);
        if (trimmed == null) {
            return allowed[0];
        }
        if (!List.of(allowed).contains(trimmed)) {
            throw new IllegalArgumentException(
                    option + " '" + trimmed + "' is not known; it is one of: " + String.join(", ", allowed));
        }
        return trimmed;
    }

    /** For forms, where a Groovy expression may still stand in for the name: then nothing is said. */
    static FormValidation checkName(String field, String value) {
        String trimmed = Util.fixEmptyAndTrim(value);
        if (trimmed == null) {
            return FormValidation.error(Messages.Options_required());
        }
        if (trimmed.contains("$") || trimmed.startsWith("params.") || trimmed.startsWith("env.")) {
            return FormValidation.ok();
        }
        try {
            Names.require(field, trimmed);
            return FormValidation.ok();
        } catch (InvalidNameException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
