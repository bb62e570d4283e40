package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.model.Target;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The job that takes a service back when no build is alive to do it: after a click, a webhook, a late approval or the
 * death of a controller. It gets the parameters RELEASE and ROLLBACK_ID.
 */
public class WayBackConfig extends AbstractDescribableImpl<WayBackConfig> {

    private final String service;
    private final String environment;
    private final String job;

    /** @param job full name of the job */
    @DataBoundConstructor
    public WayBackConfig(String service, String environment, String job) {
        this.service = Checks.trim(service);
        this.environment = Checks.trim(environment);
        this.job = Checks.trim(job);
    }

    public String getService() {
        return service;
    }

    public String getEnvironment() {
        return environment;
    }

    /** Full name of the job. */
    public String getJob() {
        return job;
    }

    /** Whether it is the way back of this target. */
    public boolean isFor(Target target) {
        return target.service().equals(service) && target.environment().equals(environment);
    }

    WayBackConfig withJob(String newJob) {
        return new WayBackConfig(service, environment, newJob);
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("wayBack")
    public static class DescriptorImpl extends Descriptor<WayBackConfig> {

        @Override
        public String getDisplayName() {
            return Messages.WayBack_displayName();
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            return Checks.name("service", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value) {
            return Checks.environment(value);
        }

        @POST
        public FormValidation doCheckJob(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String name = Util.fixEmptyAndTrim(value);
            if (name == null) {
                return FormValidation.error(Messages.Checks_required());
            }
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            if (job == null) {
                return FormValidation.warning(Messages.WayBack_noJob(name));
            }
            return job instanceof ParameterizedJobMixIn.ParameterizedJob
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.WayBack_noParameters(name));
        }
    }
}
