package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.steps.DeploymentResult;
import java.io.Serializable;
import java.util.Objects;

/** What the Pipeline is told: a result or an error. */
public final class Outcome implements Serializable {

    private static final long serialVersionUID = 1L;

    private final DeploymentResult result;
    private final Throwable error;

    private Outcome(DeploymentResult result, Throwable error) {
        this.result = result;
        this.error = error;
    }

    public static Outcome of(DeploymentResult result) {
        return new Outcome(Objects.requireNonNull(result, "result"), null);
    }

    public static Outcome failure(Throwable error) {
        return new Outcome(null, Objects.requireNonNull(error, "error"));
    }

    /** Or {@code null} when it failed. */
    public DeploymentResult result() {
        return result;
    }

    /** Or {@code null} when it did not fail. */
    public Throwable error() {
        return error;
    }
}
