package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import java.io.IOException;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/**
 * A step that works on files in a thread of its own and may be done again from the beginning: after a restart of the
 * controller it simply is.
 *
 * @param <T> what the step returns
 */
abstract class RepeatableExecution<T> extends SynchronousNonBlockingStepExecution<T> {

    private static final long serialVersionUID = 1L;

    /** How long an agent may take to come back after a restart of the controller. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long PAUSE_MILLIS = 500;

    private transient boolean resumed;

    RepeatableExecution(StepContext context) {
        super(context);
    }

    @Override
    public void onResume() {
        resumed = true;
        try {
            start();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    /**
     * The workspace around the step; after a restart, once its agent is there again.
     *
     * @throws AbortException when there is none, or the agent did not come back
     */
    final FilePath workspace() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + (resumed ? PATIENCE.toNanos() : 0);
        while (true) {
            IOException offline = null;
            try {
                FilePath workspace = getContext().get(FilePath.class);
                if (workspace != null) {
                    return workspace;
                }
            } catch (IOException e) {
                offline = e;
            }
            if (System.nanoTime() >= deadline) {
                throw offline == null
                        ? new AbortException("there is no workspace; this step belongs into 'node'")
                        : offline;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
