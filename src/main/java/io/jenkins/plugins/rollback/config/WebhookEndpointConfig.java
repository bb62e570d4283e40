package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A door for one sender: {@code POST <jenkins>/release-rollback/webhook/<id>}. What it leads to happens as the user
 * named here, never as SYSTEM.
 */
public class WebhookEndpointConfig extends AbstractDescribableImpl<WebhookEndpointConfig> {

    /** What an accepted alert leads to. */
    public enum Rule {
        /** A rollback is proposed; a person decides. */
        PROPOSE,
        /** The way back is started. */
        START
    }

    private final String id;
    private final String credentialsId;
    private String previousCredentialsId;
    private String runAs;
    private Rule rule = Rule.PROPOSE;

    /**
     * @param id the last part of the URL
     * @param credentialsId secret text that the sender signs with
     */
    @DataBoundConstructor
    public WebhookEndpointConfig(String id, String credentialsId) {
        this.id = Checks.trim(id);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getId() {
        return id;
    }

    /** Secret text. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** A second secret that is accepted too, while senders change over; {@code null} for none. */
    public String getPreviousCredentialsId() {
        return previousCredentialsId;
    }

    @DataBoundSetter
    public void setPreviousCredentialsId(String previousCredentialsId) {
        this.previousCredentialsId = Util.fixEmptyAndTrim(previousCredentialsId);
    }

    /** Id of the user as whom the effect happens; needs Rollback/Execute (and Job/Build to start) on the way back. */
    public String getRunAs() {
        return runAs;
    }

    @DataBoundSetter
    public void setRunAs(String runAs) {
        this.runAs = Util.fixEmptyAndTrim(runAs);
    }

    public Rule getRule() {
        return rule;
    }

    @DataBoundSetter
    public void setRule(Rule rule) {
        this.rule = rule == null ? Rule.PROPOSE : rule;
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("webhookEndpoint")
    public static class DescriptorImpl extends Descriptor<WebhookEndpointConfig> {

        @Override
        public String getDisplayName() {
            return Messages.WebhookEndpoint_displayName();
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return Checks.name("id", value);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.WebhookEndpoint_secretRequired())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckRunAs(@QueryParameter String value) {
            return Checks.user(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return secrets(credentialsId);
        }

        @POST
        public ListBoxModel doFillPreviousCredentialsIdItems(@QueryParameter String previousCredentialsId) {
            return secrets(previousCredentialsId);
        }

        private static ListBoxModel secrets(String current) {
            return Secrets.items(current, StringCredentials.class);
        }

        @POST
        public ListBoxModel doFillRuleItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.WebhookEndpoint_propose(), Rule.PROPOSE.name()),
                    new ListBoxModel.Option(Messages.WebhookEndpoint_start(), Rule.START.name()));
        }
    }
}
