package io.jenkins.plugins.rollback.engine.gate;

import java.util.Locale;

/** What the end of a gate leads to. The verdict is never changed by it: it is what one does about the verdict. */
public enum Outcome {
    /** Go on with the deployment. */
    PROMOTE,
    /** Stop here and let a person decide: nothing more is deployed, nothing goes back by itself. */
    HOLD,
    /** The deployment failed: go back. */
    FAIL;

    /** As it is written in analysis files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
