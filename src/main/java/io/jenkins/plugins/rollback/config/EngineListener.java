package io.jenkins.plugins.rollback.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** Hears when the engine is open: at the start of Jenkins before jobs are loaded, and later after a failure was mended. */
public interface EngineListener extends ExtensionPoint {

    /** Returns soon; must not throw. */
    void onOpened(RollbackEngine engine);

    /** Tells all of them. */
    static void opened(RollbackEngine engine) {
        ExtensionList.lookup(EngineListener.class).forEach(listener -> listener.onOpened(engine));
    }
}
