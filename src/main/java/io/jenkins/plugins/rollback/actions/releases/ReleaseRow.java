package io.jenkins.plugins.rollback.actions.releases;

import hudson.Functions;
import io.jenkins.plugins.rollback.actions.BuildLink;
import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.model.Release;
import java.time.Instant;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A retained release as the page of releases shows it. */
@ExportedBean
public final class ReleaseRow {

    private final Release release;
    private final Facts facts;

    /**
     * What is known of a release beside itself.
     *
     * @param deployedIn environments where it runs
     * @param lastGoodIn environments where it is last-good
     * @param verified when its bytes were last read again, or {@code null}
     * @param problem why it cannot be restored, or {@code null}
     * @param pin the entry that pinned it, or {@code null}
     * @param people who know the clear text of the entry
     * @param hold id of a legal hold that is about it, or {@code null}
     * @param pinnable whether the viewer may pin it and take the pin back
     */
    record Facts(
            List<String> deployedIn,
            List<String> lastGoodIn,
            Instant verified,
            String problem,
            Entry pin,
            People people,
            String hold,
            boolean pinnable) {}

    ReleaseRow(Release release, Facts facts) {
        this.release = release;
        this.facts = facts;
    }

    @Exported
    public String getService() {
        return release.id().service();
    }

    @Exported
    public String getVersion() {
        return release.id().version();
    }

    /** Index of the entry that says that it was retained. */
    @Exported
    public long getEntry() {
        return release.entry();
    }

    @Exported
    public long getBytes() {
        return release.bytes();
    }

    /** What retaining it added on disk; -1 when that was not recorded. */
    @Exported
    public long getStored() {
        return release.stored();
    }

    /** How many per cent less than its size that is; -1 when it is not known, 0 at the least otherwise. */
    @Exported
    public int getSaving() {
        if (release.stored() < 0 || release.bytes() <= 0) {
            return -1;
        }
        return (int) Math.max(0, 100 - Math.round(100.0 * release.stored() / release.bytes()));
    }

    /** {@code 12.3 MB}. Not {@code getSize}: to Jelly's expressions {@code size} is an operator. */
    public String getShownSize() {
        return Functions.humanReadableByteSize(release.bytes());
    }

    /** Or {@code null} when it is not known. */
    public String getShownStored() {
        return release.stored() < 0 ? null : Functions.humanReadableByteSize(release.stored());
    }

    @Exported(inline = true)
    public BuildLink getBuild() {
        return BuildLink.ofExisting(release.build());
    }

    @Exported
    public String getRetainedAt() {
        return release.retainedAt().toString();
    }

    public When getRetained() {
        return When.of(release.retainedAt());
    }

    @Exported
    public List<String> getDeployedIn() {
        return facts.deployedIn();
    }

    @Exported
    public List<String> getLastGoodIn() {
        return facts.lastGoodIn();
    }

    /** When all its bytes were last read again, or {@code null} when not since it was retained. */
    @Exported
    public String getVerifiedAt() {
        return facts.verified() == null ? null : facts.verified().toString();
    }

    public When getVerified() {
        return When.of(facts.verified());
    }

    @Exported
    public boolean isRestorable() {
        return facts.problem() == null;
    }

    /** Why it cannot be restored, or {@code null}. */
    @Exported
    public String getProblem() {
        return facts.problem();
    }

    @Exported
    public boolean isPinned() {
        return facts.pin() != null;
    }

    /** Who pinned it, or {@code null}. */
    @Exported
    public String getPinnedBy() {
        return facts.pin() == null ? null : facts.people().shown(facts.pin().actor());
    }

    /** Why, in that person's words, or {@code null}. */
    @Exported
    public String getPinnedBecause() {
        return facts.pin() == null || facts.pin().reason() == null
                ? null
                : facts.people().text(facts.pin().reason()).orElse(null);
    }

    public When getPinnedAt() {
        return facts.pin() == null ? null : When.of(facts.pin().time());
    }

    /** Id of a legal hold that keeps it, or {@code null}. */
    @Exported
    public String getHold() {
        return facts.hold();
    }

    /** Whether the viewer may pin it and take the pin back. */
    public boolean isPinnable() {
        return facts.pinnable();
    }
}
