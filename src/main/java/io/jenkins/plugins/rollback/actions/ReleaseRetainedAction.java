package io.jenkins.plugins.rollback.actions;

import hudson.Functions;
import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.model.Release;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A release that a build retained: which ledger entry says so, and the ledger's checkpoint at that time, so that the
 * record is in the build's history and a ledger that is cut off later is noticed.
 */
@ExportedBean(defaultVisibility = 2)
public final class ReleaseRetainedAction extends RunSummary {

    private final String service;
    private final String version;
    private final String environment;
    private final String commit;
    private final String manifest;
    private final int files;
    private final long bytes;
    private final String build;
    private final long entry;
    private final String checkpoint;

    private ReleaseRetainedAction(Release release, String environment, Checkpoint checkpoint) {
        service = release.id().service();
        version = release.id().version();
        this.environment = environment;
        commit = release.commit();
        manifest = release.manifest();
        files = release.files();
        bytes = release.bytes();
        build = release.build();
        entry = release.entry();
        this.checkpoint = checkpoint.note();
    }

    /**
     * Hangs it on the build and saves the build; the same release again is harmless.
     *
     * @param environment what the step said it is meant for, or {@code null}
     */
    public static void add(Run<?, ?> run, Release release, String environment, Checkpoint checkpoint)
            throws IOException {
        synchronized (run) {
            boolean known = run.getActions(ReleaseRetainedAction.class).stream()
                    .anyMatch(action -> action.entry == release.entry());
            if (!known) {
                run.addAction(new ReleaseRetainedAction(release, environment, checkpoint));
            }
        }
        run.save();
    }

    @Exported
    public String getService() {
        return isVisible() ? service : null;
    }

    @Exported
    public String getVersion() {
        return isVisible() ? version : null;
    }

    /** Or {@code null} when the step named none. */
    @Exported
    public String getEnvironment() {
        return isVisible() ? environment : null;
    }

    /** Source revision, or {@code null}. */
    @Exported
    public String getCommit() {
        return isVisible() ? commit : null;
    }

    /** SHA-256 of the release's manifest. */
    @Exported
    public String getManifest() {
        return isVisible() ? manifest : null;
    }

    @Exported
    public int getFiles() {
        return isVisible() ? files : 0;
    }

    @Exported
    public long getBytes() {
        return isVisible() ? bytes : 0;
    }

    /** Index of the entry in the ledger. */
    @Exported
    public long getEntry() {
        return isVisible() ? entry : -1;
    }

    /** The signed checkpoint, as a C2SP note. */
    @Exported
    public String getCheckpoint() {
        return isVisible() ? checkpoint : null;
    }

    /** The build that retained it first, when that was another one; else {@code null}. */
    @Exported
    public String getFirstBuild() {
        return isVisible() && !run().getExternalizableId().equals(build) ? build : null;
    }

    /** Size for people. Not {@code getSize}: to Jelly's expressions {@code size} is an operator. */
    public String getShownSize() {
        return Functions.humanReadableByteSize(getBytes());
    }

    /** Entries of this build, for whoever compares builds with the ledger. */
    public List<Long> entries() {
        return Collections.singletonList(entry);
    }
}
