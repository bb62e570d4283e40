package io.jenkins.plugins.rollback.actions;

import hudson.model.Item;
import hudson.model.Job;
import java.io.File;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build as the ledger names it ({@code folder/job#12}), with a link for whoever may read its job. */
@ExportedBean
public final class BuildLink {

    private final String name;
    private final String url;

    private BuildLink(String name, String url) {
        this.name = name;
        this.url = url;
    }

    /**
     * Makes a link without loading the build.
     *
     * @param build as in the ledger, or {@code null}
     * @return {@code null} when there is no build; without a URL when its job is gone or hidden from the viewer
     */
    public static BuildLink of(String build) {
        if (build == null) {
            return null;
        }
        BuildName parsed = BuildName.parse(build).orElse(null);
        Item job = parsed == null ? null : parsed.find();
        return new BuildLink(build, job == null ? null : job.getUrl() + parsed.number() + "/");
    }

    /** As {@link #of}, and without a URL also when the build itself is gone; looks for its folder and loads nothing. */
    public static BuildLink ofExisting(String build) {
        BuildName parsed = BuildName.parse(build).orElse(null);
        Job<?, ?> job = parsed == null ? null : parsed.find();
        boolean there = job != null && new File(job.getBuildDir(), Integer.toString(parsed.number())).exists();
        return there || build == null ? of(build) : new BuildLink(build, null);
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Relative to Jenkins' root, or {@code null}. */
    @Exported
    public String getUrl() {
        return url;
    }
}
