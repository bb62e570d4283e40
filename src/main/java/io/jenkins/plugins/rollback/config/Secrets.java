package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Credentials that administrators named in the configuration; only those of Jenkins itself, not of a folder. */
public final class Secrets {

    /** A key file has two kilobytes. */
    private static final int LARGEST_FILE = 1 << 16;

    private Secrets() {}

    /** The bytes of a secret text, or empty when there is none of this id. */
    public static Optional<byte[]> text(String credentialsId) {
        return credentialsId == null
                ? Optional.empty()
                : find(credentialsId, StringCredentials.class)
                        .map(found -> found.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a drop-down of credentials offers: to who may configure Jenkins those of some types, to others only what is
     * chosen already.
     */
    @SafeVarargs
    static ListBoxModel items(String current, Class<? extends StandardCredentials>... types) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            items.includeEmptyValue();
            for (Class<? extends StandardCredentials> type : types) {
                items.includeAs(ACL.SYSTEM2, Jenkins.get(), type);
            }
        }
        return items.includeCurrentValue(current);
    }

    /** The value of an HTTP {@code Authorization} header made of {@link #secret}. */
    static String authorization(String what, String credentialsId) throws IOException {
        return secret(what, credentialsId).authorization();
    }

    /**
     * What a credential holds: the secret text, the text of the secret file, or user name and password.
     *
     * @param what needs it, for the message
     * @throws IOException when there is no such credential
     */
    static MetricSecret secret(String what, String credentialsId) throws IOException {
        IdCredentials found = find(credentialsId, IdCredentials.class).orElse(null);
        if (found instanceof StringCredentials token) {
            return new MetricSecret(null, token.getSecret().getPlainText());
        }
        if (found instanceof StandardUsernamePasswordCredentials user) {
            return new MetricSecret(user.getUsername(), user.getPassword().getPlainText());
        }
        if (found instanceof FileCredentials file) {
            try (InputStream content = file.getContent()) {
                return new MetricSecret(null, new String(content.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8));
            }
        }
        throw new IOException(what + ": there is no credential '" + credentialsId
                + "' of kind secret text, secret file or user name with password");
    }

    static <C extends IdCredentials> Optional<C> find(String id, Class<C> type) {
        return CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2).stream()
                .filter(found -> id.equals(found.getId()))
                .findFirst();
    }
}
