package io.jenkins.plugins.rollback.engine.plan;

import java.util.List;

/** A services file with problems; all of them, each with line and column. */
public class ServicesException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ServicesException(String file, List<String> problems) {
        super(file + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
