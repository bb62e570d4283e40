package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import picocli.CommandLine.Option;

/** Who does it. */
final class ByOption {

    @Option(
            names = "--by",
            paramLabel = "ACTOR",
            defaultValue = "system:command-line",
            description = "Who does it, for the entry (default: ${DEFAULT-VALUE}).")
    private String by;

    Actor actor() throws BadInputException {
        try {
            return Actor.parse(by);
        } catch (InvalidNameException e) {
            throw new BadInputException("--by: " + e.getMessage(), e);
        }
    }
}
