package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.steps.DeploymentContext;
import java.io.IOException;
import java.util.Optional;

/** What a state can ask of the running step. All of it is called on a worker thread, where blocking is allowed. */
public interface Host {

    Order order();

    /** @throws io.jenkins.plugins.rollback.config.UnavailableException when the ledger is not open */
    RollbackEngine engine();

    /** A line in the build's log. */
    void log(String line);

    /** A line in the build's log, marked as an error. */
    void error(String line);

    /** As {@link #log}, unless the last line said by this method was the same: for things that are looked at often. */
    void logOnce(String line);

    /**
     * Restores a release into the temporary folder of the enclosing workspace.
     *
     * @return the folder's path on the node, or {@code null} when no node encloses the step: then its body restores
     * @throws io.jenkins.plugins.rollback.engine.vault.HashMismatchException when a byte differs; nothing appeared
     * @throws IOException when the node is gone or the folder could not be written
     */
    String restore(ReleaseId release) throws IOException, InterruptedException;

    /** Whether a node encloses the step and cannot be reached any more. */
    boolean isNodeLost();

    /** Runs the body, asynchronously; {@link InBody#launched()} and {@link InBody#ended} follow on the CPS thread. */
    void launch(InBody pass, DeploymentContext context) throws IOException, InterruptedException;

    /**
     * Who must say yes before going back, by the configuration as it is now and the step's option.
     *
     * @return empty when nobody is asked
     * @throws IOException when the step names a policy that is not configured (any more), listing the known ones
     */
    Optional<ApprovalPolicy> policy() throws IOException;

    /** Shows on the step that it waits for people; {@code null} ends that. */
    void pause(String why);

    /** Prints where an approval can be given. */
    void showApproval(String approval);

    /** Prints an error of the body that the step will not throw. */
    void explain(Throwable error);

    /** Refreshes what hangs on the build about this deployment or rollback. */
    void show();

    /** Tells the Pipeline. Nothing may follow. */
    void finish(Outcome outcome);
}
