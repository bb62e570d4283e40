package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.steps.deploy.BodyEnd;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Hears about the body on the CPS thread and only passes on what it heard. Saved in one piece with its step. */
final class PassCallback extends BodyExecutionCallback {

    private static final long serialVersionUID = 1L;

    private final PassesExecution step;

    PassCallback(PassesExecution step) {
        this.step = step;
    }

    @Override
    public void onStart(StepContext context) {
        step.begun(context);
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        step.ended(context, BodyEnd.returned());
    }

    @Override
    public void onFailure(StepContext context, Throwable thrown) {
        step.ended(context, BodyEnd.threw(thrown));
    }
}
