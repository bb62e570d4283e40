package io.jenkins.plugins.rollback.actions.releases;

import hudson.model.AbstractItem;
import java.util.SortedSet;

/** Whose releases a page shows, and what the viewer may do with them: those of a job or folder, or of all of Jenkins. */
public interface ReleaseScope {

    /** Services whose releases the viewer may see. */
    SortedSet<String> services();

    /** Whether the viewer may pin releases of a service. */
    boolean mayRetain(String service);

    /** The job or folder, or {@code null} for all of Jenkins. */
    AbstractItem item();
}
