package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.model.FileProblemsException;
import java.util.List;

/** A services file with problems. */
public class ServicesException extends FileProblemsException {

    private static final long serialVersionUID = 1L;

    public ServicesException(String file, List<String> problems) {
        super(file, problems);
    }
}
