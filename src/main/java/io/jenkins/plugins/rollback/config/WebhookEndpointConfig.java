package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import java.time.Clock;
import java.util.function.Consumer;
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
public class WebhookEndpointConfig extends WebhookSender {

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

    /** One that was saved before there were formats. */
    private Object readResolve() {
        fillIn();
        return this;
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
        public FormValidation doCheckCredentialsId(
                @QueryParameter String value, @QueryParameter String format, @QueryParameter String authentication) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                AlertFormat from = choice(AlertFormat.class, format);
                Authentication proof = choice(Authentication.class, authentication);
                boolean needed = from == null || proof == null || proof.needsSecret(from);
                return Util.fixEmptyAndTrim(value) == null && needed
                        ? FormValidation.error(Messages.WebhookEndpoint_secretRequired())
                        : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Whether format and authentication fit, and what they need is there. */
        @POST
        public FormValidation doCheckAuthentication(
                @QueryParameter String value,
                @QueryParameter String format,
                @QueryParameter String tokenHeader,
                @QueryParameter String topics,
                @QueryParameter String certificates) {
            return check(format, value, endpoint -> {
                endpoint.setTokenHeader(tokenHeader);
                endpoint.setTopics(topics);
                endpoint.setCertificates(certificates);
                endpoint.toVerifier(Clock.systemUTC());
            });
        }

        /** Whether the mapping can be followed and says what the endpoint does not. */
        @POST
        public FormValidation doCheckMapping(
                @QueryParameter String value,
                @QueryParameter String format,
                @QueryParameter String service,
                @QueryParameter String environment) {
            return check(format, "", endpoint -> {
                endpoint.setMapping(value);
                endpoint.setService(service);
                endpoint.setEnvironment(environment);
                endpoint.toParser();
            });
        }

        /** What is chosen; null while the browser has not filled the list box yet, which sends no text or an empty one. */
        private static <E extends Enum<E>> E choice(Class<E> kind, String name) {
            String chosen = Util.fixEmptyAndTrim(name);
            return chosen == null ? null : Enum.valueOf(kind, chosen);
        }

        /** Where nothing is chosen yet the default is checked. */
        private static FormValidation check(
                String format, String authentication, Consumer<WebhookEndpointConfig> test) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            WebhookEndpointConfig endpoint = new WebhookEndpointConfig("check", null);
            try {
                endpoint.setFormat(choice(AlertFormat.class, format));
                endpoint.setAuthentication(choice(Authentication.class, authentication));
                test.accept(endpoint);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillFormatItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ListBoxModel items = new ListBoxModel();
            for (AlertFormat format : AlertFormat.values()) {
                items.add(format.title(), format.name());
            }
            return items;
        }

        @POST
        public ListBoxModel doFillAuthenticationItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.WebhookEndpoint_signed(), Authentication.SIGNED.name()),
                    new ListBoxModel.Option(Messages.WebhookEndpoint_vendor(), Authentication.VENDOR.name()),
                    new ListBoxModel.Option(Messages.WebhookEndpoint_bearer(), Authentication.BEARER.name()),
                    new ListBoxModel.Option(Messages.WebhookEndpoint_header(), Authentication.HEADER.name()));
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
