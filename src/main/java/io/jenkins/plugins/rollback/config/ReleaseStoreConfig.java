package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.vault.StoredVault;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import java.io.IOException;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where releases are kept besides, or instead of, JENKINS_HOME. Without one the vault is in files alone. */
public class ReleaseStoreConfig extends AbstractDescribableImpl<ReleaseStoreConfig> {

    private final String kind;
    private final String location;
    private String use = name(StoredVault.Use.MIRROR);
    private String credentialsId;
    private String region;
    private String endpoint;
    private String encryption;
    private String kmsKey;
    private int lockDays;
    private int cacheMegabytes;

    /**
     * @param kind {@code s3}, {@code oci} or {@code folder}
     * @param location bucket and perhaps a prefix, registry and repository, or an absolute path
     */
    @DataBoundConstructor
    public ReleaseStoreConfig(String kind, String location) {
        this.kind = Checks.trim(kind);
        this.location = Checks.trim(location);
    }

    private static String name(StoredVault.Use use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    public String getKind() {
        return kind;
    }

    public String getLocation() {
        return location;
    }

    /** {@code mirror} or {@code primary}. */
    public String getUse() {
        return use;
    }

    @DataBoundSetter
    public void setUse(String use) {
        this.use = Checks.trim(use);
    }

    /** User name with password: key id and secret key, or a registry's user; {@code null} for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Of S3; {@code null} for {@value ReleaseStores#REGION}. */
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Of another S3 server than Amazon's; {@code null} for Amazon's. */
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    /** {@code AES256}, {@code aws:kms}, or {@code null} for what the bucket says. */
    public String getEncryption() {
        return encryption;
    }

    @DataBoundSetter
    public void setEncryption(String encryption) {
        this.encryption = Util.fixEmptyAndTrim(encryption);
    }

    /** For {@code aws:kms}; {@code null} for the account's own key. */
    public String getKmsKey() {
        return kmsKey;
    }

    @DataBoundSetter
    public void setKmsKey(String kmsKey) {
        this.kmsKey = Util.fixEmptyAndTrim(kmsKey);
    }

    /** For how many days S3 locks each object; 0 for none. */
    public int getLockDays() {
        return lockDays;
    }

    @DataBoundSetter
    public void setLockDays(int lockDays) {
        this.lockDays = lockDays;
    }

    /** To how many megabytes the folder is trimmed when the store is the primary place; 0 for any size. */
    public int getCacheMegabytes() {
        return cacheMegabytes;
    }

    @DataBoundSetter
    public void setCacheMegabytes(int cacheMegabytes) {
        this.cacheMegabytes = cacheMegabytes;
    }

    /** What it is for. */
    StoredVault.Use toUse() {
        for (StoredVault.Use known : StoredVault.Use.values()) {
            if (name(known).equals(use)) {
                return known;
            }
        }
        throw new IllegalArgumentException(Messages.ReleaseStore_use(use));
    }

    /** @throws IllegalArgumentException naming what is wrong */
    void check() {
        try {
            toUse();
            if (cacheMegabytes < 0) {
                throw new IllegalArgumentException(Messages.ReleaseStore_cache());
            }
            ReleaseStores.check(this);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("releaseStore: " + e.getMessage(), e);
        }
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("releaseStore")
    public static class DescriptorImpl extends Descriptor<ReleaseStoreConfig> {

        @Override
        public String getDisplayName() {
            return Messages.ReleaseStore_displayName();
        }

        @POST
        public ListBoxModel doFillKindItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ReleaseStore_s3(), ReleaseStores.S3),
                    new ListBoxModel.Option(Messages.ReleaseStore_oci(), ReleaseStores.OCI),
                    new ListBoxModel.Option(Messages.ReleaseStore_folder(), ReleaseStores.FOLDER));
        }

        @POST
        public ListBoxModel doFillUseItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ReleaseStore_mirror(), name(StoredVault.Use.MIRROR)),
                    new ListBoxModel.Option(Messages.ReleaseStore_primary(), name(StoredVault.Use.PRIMARY)));
        }

        @POST
        public ListBoxModel doFillEncryptionItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ReleaseStore_asTheBucketSays(), ""),
                    new ListBoxModel.Option("AES256", "AES256"),
                    new ListBoxModel.Option("aws:kms", "aws:kms"));
        }

        @POST
        public FormValidation doCheckLocation(@QueryParameter String value, @QueryParameter String kind) {
            return Checks.that(() -> ReleaseStores.check(new ReleaseStoreConfig(kind, value)));
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String problem = Util.fixEmptyAndTrim(value) == null ? null : Checks.urlProblem(value.trim());
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        @POST
        public FormValidation doCheckLockDays(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateNonNegativeInteger(value);
        }

        @POST
        public FormValidation doCheckCacheMegabytes(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateNonNegativeInteger(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return Secrets.items(credentialsId, StandardUsernamePasswordCredentials.class);
        }

        /** Asks the store as entered for its list. Whoever may ask may also save these settings. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String kind,
                @QueryParameter String location,
                @QueryParameter String credentialsId,
                @QueryParameter String region,
                @QueryParameter String endpoint) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ReleaseStoreConfig config = new ReleaseStoreConfig(kind, location);
            config.setCredentialsId(credentialsId);
            config.setRegion(region);
            config.setEndpoint(endpoint);
            try (ObjectStore store = ReleaseStores.store(config)) {
                store.check();
                return FormValidation.ok(Messages.ReleaseStore_answers(store.name()));
            } catch (IOException | IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
