package io.jenkins.plugins.rollback.engine.trigger.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which messages of SNS are believed.
 *
 * @param topics ARNs; not empty
 * @param certificates those that SNS signs with; several while it changes them; not empty
 */
public record SnsTrust(Set<String> topics, List<X509Certificate> certificates) {

    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");

    /**
     * Reads what an administrator typed.
     *
     * @param topics ARNs
     * @param pem one certificate or several, each from BEGIN CERTIFICATE to END CERTIFICATE
     * @throws IllegalArgumentException saying what is missing or wrong
     */
    public static SnsTrust parse(Collection<String> topics, String pem) {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("name the topic: anybody can make SNS sign messages of another one");
        }
        for (String topic : topics) {
            if (!ARN.matcher(topic).matches()) {
                throw new IllegalArgumentException("'" + topic + "' is no ARN of an SNS topic");
            }
        }
        if (pem == null || pem.isBlank()) {
            throw new IllegalArgumentException(
                    "paste the certificate that SNS signs with: it is not fetched from the URL"
                            + " that a message names; or let EventBridge send a bearer token");
        }
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in PEM form");
            }
            return new SnsTrust(Set.copyOf(topics), certificates);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate cannot be read; expected PEM", e);
        }
    }
}
