package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Who must say yes before a rollback. A policy that is bound to a service or an environment applies there whatever a
 * step says; one that is bound to nothing applies where a step names it.
 */
public class ApprovalPolicyConfig extends AbstractDescribableImpl<ApprovalPolicyConfig> {

    private static final int DAY = 24 * 60;

    private final String id;
    private String approvers;
    private int quorum = 1;
    private String groups;
    private boolean requesterMayApprove;
    private String reasonPattern;
    private int expiryMinutes = DAY;
    private String service;
    private String environment;

    /** @param id what steps call it ({@code approval: 'production'}) */
    @DataBoundConstructor
    public ApprovalPolicyConfig(String id) {
        this.id = Checks.trim(id);
    }

    public String getId() {
        return id;
    }

    /** Ids of users and groups, with commas between; {@code null} is everybody with Rollback/Approve. */
    public String getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(String approvers) {
        this.approvers = Util.fixEmptyAndTrim(approvers);
    }

    /** How many must approve; at least 1. */
    public int getQuorum() {
        return quorum;
    }

    @DataBoundSetter
    public void setQuorum(int quorum) {
        this.quorum = quorum;
    }

    /** How many of which groups must be among them, as {@code release-managers: 1, security: 1}; {@code null} is none. */
    public String getGroups() {
        return groups;
    }

    @DataBoundSetter
    public void setGroups(String groups) {
        this.groups = Util.fixEmptyAndTrim(groups);
    }

    /** Regular expression of which the reason of a yes must contain a match; {@code null} is any reason. */
    public String getReasonPattern() {
        return reasonPattern;
    }

    @DataBoundSetter
    public void setReasonPattern(String reasonPattern) {
        this.reasonPattern = Util.fixEmptyAndTrim(reasonPattern);
    }

    public boolean isRequesterMayApprove() {
        return requesterMayApprove;
    }

    @DataBoundSetter
    public void setRequesterMayApprove(boolean requesterMayApprove) {
        this.requesterMayApprove = requesterMayApprove;
    }

    /** How long the question stays open, in minutes; at least 1. */
    public int getExpiryMinutes() {
        return expiryMinutes;
    }

    @DataBoundSetter
    public void setExpiryMinutes(int expiryMinutes) {
        this.expiryMinutes = expiryMinutes;
    }

    /** The service it is bound to; {@code null} is any. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** The environment it is bound to; {@code null} is any. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Whether it applies to this target although no step names it. */
    public boolean isBoundTo(Target target) {
        boolean bound = service != null || environment != null;
        return bound
                && (service == null || service.equals(target.service()))
                && (environment == null || environment.equals(target.environment()));
    }

    /** How narrowly it is bound: 3 service and environment, 2 service, 1 environment, 0 nothing. */
    int precision() {
        return (service == null ? 0 : 2) + (environment == null ? 0 : 1);
    }

    /**
     * As the engine knows it.
     *
     * @throws IllegalArgumentException when groups or pattern are not what they should be, saying why
     */
    public ApprovalPolicy toPolicy() {
        SortedMap<String, Integer> wanted = GroupCounts.parse(groups);
        TreeSet<String> named = new TreeSet<>(Checks.words(approvers));
        if (!named.isEmpty()) {
            named.addAll(wanted.keySet()); // whom this very policy wants to hear it need not name twice
        }
        return new ApprovalPolicy(
                id,
                named,
                quorum,
                wanted,
                requesterMayApprove,
                reasonPattern == null ? null : Checks.pattern(reasonPattern).pattern(),
                Duration.ofMinutes(expiryMinutes));
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("approvalPolicy")
    public static class DescriptorImpl extends Descriptor<ApprovalPolicyConfig> {

        @Override
        public String getDisplayName() {
            return Messages.ApprovalPolicy_displayName();
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return Checks.name("id", value);
        }

        @POST
        public FormValidation doCheckQuorum(@QueryParameter String value, @QueryParameter String approvers) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            FormValidation positive = FormValidation.validatePositiveInteger(value);
            if (positive.kind != FormValidation.Kind.OK) {
                return positive;
            }
            // a group may hold any number of people, so fewer names than the quorum is only worth a warning
            int names = Checks.words(approvers).size();
            return names > 0 && names < Integer.parseInt(value.trim())
                    ? FormValidation.warning(Messages.ApprovalPolicy_fewApprovers())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckGroups(@QueryParameter String value) {
            return Checks.that(() -> GroupCounts.parse(value));
        }

        @POST
        public FormValidation doCheckReasonPattern(@QueryParameter String value) {
            return Checks.that(() -> Checks.pattern(value));
        }

        @POST
        public FormValidation doCheckExpiryMinutes(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validatePositiveInteger(value);
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : Checks.name("service", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : Checks.environment(value);
        }
    }
}
