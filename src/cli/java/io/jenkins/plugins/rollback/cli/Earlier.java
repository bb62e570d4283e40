package io.jenkins.plugins.rollback.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an earlier checkpoint that somebody kept: {@code --since}. */
final class Earlier {

    private Earlier() {}

    /** The signed note in a file. @throws BadInputException when it cannot be read */
    static String checkpoint(Path file) throws BadInputException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadInputException("--since: " + file + " cannot be read as text", e);
        }
    }
}
