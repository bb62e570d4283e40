package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.model.FileProblemsException;
import java.util.List;

/** An analysis file with problems. */
public class AnalysisException extends FileProblemsException {

    private static final long serialVersionUID = 1L;

    public AnalysisException(String file, List<String> problems) {
        super(file, problems);
    }
}
