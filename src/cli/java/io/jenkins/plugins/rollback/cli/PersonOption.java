package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which person, and by which further names texts may know the person. */
final class PersonOption {

    @Option(
            names = "--person",
            required = true,
            paramLabel = "ID",
            description = "The person's id as the ledger has it, for example alice.")
    private String person;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "A further name by which texts may name the person; may be repeated.")
    private List<String> names = new ArrayList<>();

    Actor person() throws BadInputException {
        try {
            return Actor.parse(person);
        } catch (InvalidNameException e) {
            throw new BadInputException("--person: " + e.getMessage(), e);
        }
    }

    List<String> names() {
        return names;
    }
}
