package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An environment that releases are deployed to. What is not listed does not exist for any step. */
public class EnvironmentConfig extends AbstractDescribableImpl<EnvironmentConfig> {

    private final String name;

    /** @param name what steps call it ({@code environment: 'production'}) */
    @DataBoundConstructor
    public EnvironmentConfig(String name) {
        this.name = Checks.trim(name);
    }

    public String getName() {
        return name;
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("environment")
    public static class DescriptorImpl extends Descriptor<EnvironmentConfig> {

        @Override
        public String getDisplayName() {
            return Messages.Environment_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Checks.name("name", value);
        }
    }
}
