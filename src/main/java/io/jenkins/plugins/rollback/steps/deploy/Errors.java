package io.jenkins.plugins.rollback.steps.deploy;

import hudson.AbortException;
import hudson.model.Result;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The errors a deploying step ends with. */
final class Errors {

    private Errors() {}

    /** An ordinary failure; {@code retry} may begin a new deployment. */
    static AbortException abort(String message) {
        return new AbortException(message);
    }

    /** As {@link #abort(String)}, with what was behind it. */
    static AbortException abort(Exception problem) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        AbortException abort = new AbortException(message);
        abort.initCause(problem);
        return abort;
    }

    /**
     * The new release is out again and the old one is back: later stages must not run, {@code retry} must not start
     * over, and the build is neither good nor broken.
     */
    static FlowInterruptedException wentBack(String service, String environment, String from, String to) {
        return new FlowInterruptedException(
                Result.UNSTABLE, true, new RolledBackInterruption(service, environment, from, to));
    }

    /** People said no, or nobody said yes in time. */
    static FlowInterruptedException notApproved(Result result, String approval, String why) {
        return new FlowInterruptedException(result, true, new NotApprovedInterruption(approval, why));
    }
}
