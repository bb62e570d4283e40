package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseRule;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which releases of a service in an environment are kept. Where no such rule applies, all of them are. */
public class ReleaseRetentionConfig extends AbstractDescribableImpl<ReleaseRetentionConfig> {

    private String service;
    private String environment;
    private int lastGood;
    private String keep;
    private String versions;

    /** A rule for everything, that keeps everything. */
    @DataBoundConstructor
    public ReleaseRetentionConfig() {
        // the setters make more of it
    }

    /** Or {@code null} for all services that no other rule names. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** Or {@code null} for all environments that no other rule names. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** How many of the newest good releases are kept; 0 for none on this account. */
    public int getLastGood() {
        return lastGood;
    }

    @DataBoundSetter
    public void setLastGood(int lastGood) {
        this.lastGood = lastGood;
    }

    /** ISO 8601 period of days, weeks, months or years, for example {@code P90D}; or {@code null}. */
    public String getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(String keep) {
        this.keep = Util.fixEmptyAndTrim(keep);
    }

    /** Patterns of versions that are kept, with commas or blanks between; or {@code null}. */
    public String getVersions() {
        return versions;
    }

    @DataBoundSetter
    public void setVersions(String versions) {
        this.versions = Util.fixEmptyAndTrim(versions);
    }

    /** @throws IllegalArgumentException when a part of it makes no sense */
    ReleaseRule toRule() {
        return new ReleaseRule(
                service, environment, lastGood, keep == null ? null : ReleaseRule.period(keep), Checks.words(versions));
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("releaseRetention")
    public static class DescriptorImpl extends Descriptor<ReleaseRetentionConfig> {

        @Override
        public String getDisplayName() {
            return Messages.ReleaseRetention_displayName();
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            return optional("service", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value) {
            return optional("environment", value);
        }

        private static FormValidation optional(String field, String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : Checks.name(field, value);
        }

        @POST
        public FormValidation doCheckLastGood(@QueryParameter int value) {
            return check(() -> new ReleaseRule(null, null, value, null, Checks.words("")));
        }

        /** Also says what a rule means of which nothing is filled in. */
        @POST
        public FormValidation doCheckKeep(
                @QueryParameter String value, @QueryParameter int lastGood, @QueryParameter String versions) {
            boolean empty = Util.fixEmptyAndTrim(value) == null;
            FormValidation found = check(() -> empty ? null : ReleaseRule.period(value.trim()));
            return empty && lastGood == 0 && Util.fixEmptyAndTrim(versions) == null
                    ? FormValidation.ok(Messages.ReleaseRetention_everything())
                    : found;
        }

        @POST
        public FormValidation doCheckVersions(@QueryParameter String value) {
            return check(() ->
                    Checks.words(value).stream().map(ReleaseRule::requireGlob).toList());
        }

        private static FormValidation check(Supplier<?> reader) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                reader.get();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
