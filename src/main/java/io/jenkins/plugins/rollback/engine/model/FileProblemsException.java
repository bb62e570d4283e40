package io.jenkins.plugins.rollback.engine.model;

import java.util.List;

/** A file that people write with problems in it; all of them, each with line and column. */
public abstract class FileProblemsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param file its name, for the message */
    protected FileProblemsException(String file, List<String> problems) {
        super(file + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, with its place. */
    public List<String> problems() {
        return problems;
    }
}
