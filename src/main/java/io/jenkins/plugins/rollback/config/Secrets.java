package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.security.ACL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Credentials that administrators named in the configuration; only those of Jenkins itself, not of a folder. */
public final class Secrets {

    private Secrets() {}

    /** The bytes of a secret text, or empty when there is none of this id. */
    public static Optional<byte[]> text(String credentialsId) {
        return credentialsId == null
                ? Optional.empty()
                : find(credentialsId, StringCredentials.class)
                        .map(found -> found.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8));
    }

    static <C extends IdCredentials> Optional<C> find(String id, Class<C> type) {
        return CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2).stream()
                .filter(found -> id.equals(found.getId()))
                .findFirst();
    }
}
