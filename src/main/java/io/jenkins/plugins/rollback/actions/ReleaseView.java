package io.jenkins.plugins.rollback.actions;

import hudson.Functions;
import io.jenkins.plugins.rollback.engine.model.Release;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A retained release as a page shows it. */
@ExportedBean
public final class ReleaseView {

    private final Release release;
    private final List<String> deployedIn;
    private final List<String> lastGoodIn;
    private final List<String> goesBackIn;

    /**
     * @param deployedIn environments where it runs
     * @param lastGoodIn environments where it is last-good
     * @param goesBackIn environments that could go back to it: it ran there once and does not now
     */
    ReleaseView(Release release, List<String> deployedIn, List<String> lastGoodIn, List<String> goesBackIn) {
        this.release = release;
        this.deployedIn = deployedIn;
        this.lastGoodIn = lastGoodIn;
        this.goesBackIn = goesBackIn;
    }

    @Exported
    public String getVersion() {
        return release.id().version();
    }

    /** Source revision, or {@code null}. */
    @Exported
    public String getCommit() {
        return release.commit();
    }

    /** Its first characters, or {@code null}. */
    public String getShortCommit() {
        String commit = release.commit();
        return commit == null || commit.length() <= 10 ? commit : commit.substring(0, 10);
    }

    /** SHA-256 of the vault's manifest. */
    @Exported
    public String getManifest() {
        return release.manifest();
    }

    @Exported
    public int getFiles() {
        return release.files();
    }

    @Exported
    public long getBytes() {
        return release.bytes();
    }

    /** {@code 12.3 MB}. */
    public String getHumanSize() {
        return Functions.humanReadableByteSize(release.bytes());
    }

    @Exported(inline = true)
    public BuildLink getBuild() {
        return BuildLink.of(release.build());
    }

    @Exported
    public String getRetainedAt() {
        return String.valueOf(release.retainedAt());
    }

    public When getRetained() {
        return When.of(release.retainedAt());
    }

    @Exported
    public long getEntry() {
        return release.entry();
    }

    @Exported
    public List<String> getDeployedIn() {
        return deployedIn;
    }

    @Exported
    public List<String> getLastGoodIn() {
        return lastGoodIn;
    }

    public List<String> getGoesBackIn() {
        return goesBackIn;
    }
}
