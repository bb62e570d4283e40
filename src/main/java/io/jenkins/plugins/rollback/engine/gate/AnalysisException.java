package io.jenkins.plugins.rollback.engine.gate;

import java.util.List;

/** An analysis file with problems; all of them, each with line and column. */
public class AnalysisException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public AnalysisException(String file, List<String> problems) {
        super(file + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
