package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.ledger.retention.EventClass;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long the ledger keeps one class of events. A class that no such line names is kept for ever. */
public class RetentionConfig extends AbstractDescribableImpl<RetentionConfig> {

    private final String events;
    private final String keep;

    /**
     * A line of the schedule.
     *
     * @param events word of an {@link EventClass}
     * @param keep ISO 8601 period of days, weeks, months or years, for example {@code P90D}
     */
    @DataBoundConstructor
    public RetentionConfig(String events, String keep) {
        this.events = Checks.trim(events);
        this.keep = Checks.trim(keep);
    }

    public String getEvents() {
        return events;
    }

    public String getKeep() {
        return keep;
    }

    /** @throws IllegalArgumentException when class or period are none */
    RetentionPolicy in(RetentionPolicy policy) {
        return policy.keep(EventClass.parse(events), RetentionPolicy.period(String.valueOf(keep)));
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("retention")
    public static class DescriptorImpl extends Descriptor<RetentionConfig> {

        @Override
        public String getDisplayName() {
            return Messages.Retention_displayName();
        }

        @POST
        public ListBoxModel doFillEventsItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ListBoxModel items = new ListBoxModel();
            for (EventClass what : EventClass.values()) {
                items.add(what.word());
            }
            return items;
        }

        @POST
        public FormValidation doCheckKeep(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.error(Messages.Checks_required());
            }
            try {
                RetentionPolicy.period(value.trim());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
