package io.jenkins.plugins.rollback.actions;

import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import jenkins.model.RunAction2;

/**
 * Something that is said on a build's page, to those who may see it. It has no icon in the build's menu and, unless a
 * subclass gives it one, no page of its own. A subclass is stored with the build and thus no record. Public, because a
 * view cannot read what a class declares that it cannot see.
 */
public abstract class RunSummary implements RunAction2 {

    private transient Run<?, ?> run;

    /** For the kinds of summary in this package. */
    RunSummary() {}

    /** The build that this hangs on, or {@code null} before it does. */
    final Run<?, ?> run() {
        return run;
    }

    /** Whether the current user may see what this says. */
    public final boolean isVisible() {
        return run != null && run.hasPermission(RollbackPermissions.VIEW);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
