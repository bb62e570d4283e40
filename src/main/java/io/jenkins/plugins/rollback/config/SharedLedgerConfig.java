package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresProbe;
import java.io.IOException;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The PostgreSQL in which this controller shares its ledger with others. Without one the ledger is in files. */
public class SharedLedgerConfig extends AbstractDescribableImpl<SharedLedgerConfig> {

    private final String url;
    private final String credentialsId;

    /**
     * @param url {@code jdbc:postgresql://host:5432/database}, without user and password
     * @param credentialsId user name with password
     */
    @DataBoundConstructor
    public SharedLedgerConfig(String url, String credentialsId) {
        this.url = Checks.trim(url);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** @throws IOException when the credentials are gone, or the URL is none that may be used */
    Database database() throws IOException {
        StandardUsernamePasswordCredentials found = credentialsId == null
                ? null
                : Secrets.find(credentialsId, StandardUsernamePasswordCredentials.class)
                        .orElse(null);
        if (found == null) {
            throw new IOException(Messages.SharedLedger_noCredentials(credentialsId));
        }
        try {
            return new Database(url, found.getUsername(), found.getPassword().getPlainText());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    void check() {
        try {
            new Database(url, null, null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sharedLedger: " + e.getMessage(), e);
        }
    }

    /** Whether another configuration leads to the same database. */
    boolean isSameAs(SharedLedgerConfig other) {
        return other != null && Objects.equals(url, other.url) && Objects.equals(credentialsId, other.credentialsId);
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("postgresql")
    public static class DescriptorImpl extends Descriptor<SharedLedgerConfig> {

        @Override
        public String getDisplayName() {
            return Messages.SharedLedger_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                new Database(Checks.trim(value), null, null);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return Secrets.items(credentialsId, StandardUsernamePasswordCredentials.class);
        }

        /** Connects as entered, and changes nothing there. Whoever may ask may also save these settings. */
        @POST
        public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                return FormValidation.ok(PostgresProbe.of(new SharedLedgerConfig(url, credentialsId).database()));
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
