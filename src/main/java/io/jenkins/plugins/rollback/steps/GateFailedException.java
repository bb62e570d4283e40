package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import io.jenkins.plugins.rollback.engine.model.Verdict;

/** A gate ended with something that fails the deployment. The verdict is recorded whatever becomes of this. */
public final class GateFailedException extends AbortException {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    GateFailedException(Verdict verdict, String message) {
        super(message);
        this.verdict = verdict;
    }

    public Verdict getVerdict() {
        return verdict;
    }
}
