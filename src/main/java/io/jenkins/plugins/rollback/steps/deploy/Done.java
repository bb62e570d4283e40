package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.steps.DeploymentResult;
import java.io.IOException;

/** Everything that can be recorded is; the target is given back and the Pipeline told. */
final class Done extends State {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    private Done(Outcome outcome) {
        this.outcome = outcome;
    }

    static Done with(DeploymentResult result) {
        return new Done(Outcome.of(result));
    }

    static Done failed(Throwable error) {
        return new Done(Outcome.failure(error));
    }

    @Override
    public Phase phase() {
        return Phase.DONE;
    }

    @Override
    public String status() {
        return "done";
    }

    @Override
    boolean isStoppable() {
        return false;
    }

    @Override
    State work(Host host) {
        try {
            new Records(host).releaseLeases();
            Checkpoint checkpoint = host.engine().ledger().checkpoint();
            host.log("Ledger checkpoint: " + checkpoint.origin() + " " + checkpoint.size() + " "
                    + checkpoint.rootHash());
        } catch (IOException | RuntimeException e) {
            // the end of the build tries again
            host.error("The ledger could not take the end of this step: " + e.getMessage());
        }
        host.show();
        host.finish(outcome);
        return this;
    }

    @Override
    State stopped(Host host, BodyEnd how) {
        return this;
    }
}
