package io.jenkins.plugins.rollback.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A moment as it is given on the command line: a day, or a time, in UTC. */
final class Moment {

    private Moment() {}

    /** @param text {@code null} stays */
    static Instant parse(String option, String text) throws BadInputException {
        try {
            return text == null
                    ? null
                    : text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadInputException(
                    option + ": '" + text + "' is neither a day like 2026-11-22 nor a time like 2026-11-22T12:00:00Z",
                    e);
        }
    }
}
