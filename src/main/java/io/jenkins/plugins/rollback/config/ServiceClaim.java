package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Says that a folder or job speaks for a service. In a multibranch project or organization folder only the listed
 * branches do.
 */
public class ServiceClaim extends AbstractDescribableImpl<ServiceClaim> {

    private final String service;
    private final String item;
    private String branches;

    /**
     * @param service which service
     * @param item full name of a job, or of a folder or multibranch project with everything in it
     */
    @DataBoundConstructor
    public ServiceClaim(String service, String item) {
        this.service = Checks.trim(service);
        this.item = Checks.trim(item);
    }

    public String getService() {
        return service;
    }

    public String getItem() {
        return item;
    }

    /** Branches that speak for the service, with commas between; {@code *} stands for any text. */
    public String getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(String branches) {
        this.branches = Util.fixEmptyAndTrim(branches);
    }

    /** Whether the item of this full name is the claimed one or lies in it. */
    boolean covers(String fullName) {
        return fullName.equals(item) || fullName.startsWith(item + "/");
    }

    /** Whether a branch is listed. */
    boolean listsBranch(String branch) {
        return Checks.words(branches).stream().anyMatch(pattern -> matches(pattern, branch));
    }

    private static boolean matches(String pattern, String branch) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return branch.matches(regex);
    }

    ServiceClaim withItem(String newItem) {
        ServiceClaim moved = new ServiceClaim(service, newItem);
        moved.setBranches(branches);
        return moved;
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("serviceClaim")
    public static class DescriptorImpl extends Descriptor<ServiceClaim> {

        @Override
        public String getDisplayName() {
            return Messages.ServiceClaim_displayName();
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            return Checks.name("service", value);
        }

        @POST
        public FormValidation doCheckItem(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String name = Util.fixEmptyAndTrim(value);
            if (name == null) {
                return FormValidation.error(Messages.Checks_required());
            }
            return Jenkins.get().getItemByFullName(name) == null
                    ? FormValidation.warning(Messages.ServiceClaim_noItem(name))
                    : FormValidation.ok();
        }
    }
}
