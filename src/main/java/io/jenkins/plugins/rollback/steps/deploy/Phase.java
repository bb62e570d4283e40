package io.jenkins.plugins.rollback.steps.deploy;

/** The five things a deploying step can be doing, as people and the documentation name them. */
public enum Phase {
    /** Getting the lease, recording the start, running the body for the new release. */
    FORWARD,
    /** The body has ended: what came of it, and whether to go back; possibly waiting for an approval. */
    DECIDING,
    /** Getting ready to go back: the lease, the artifacts of the old release. */
    RESTORING,
    /** Running the body for the old release, then recording what came of that. */
    BACK,
    /** Everything is recorded; the Pipeline is being told. */
    DONE
}
