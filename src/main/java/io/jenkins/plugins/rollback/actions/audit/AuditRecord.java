package io.jenkins.plugins.rollback.actions.audit;

import hudson.model.ModelObject;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The page of what the ledger has under a number: an entry, or what is left of one. Jenkins leads nobody to what is only
 * known to be an object; a proxy it takes for a page.
 */
public abstract class AuditRecord implements ModelObject, StaplerProxy {

    AuditRecord() {}

    /** Whether the viewer may see it was asked when it was looked up. */
    @Override
    public Object getTarget() {
        return this;
    }
}
