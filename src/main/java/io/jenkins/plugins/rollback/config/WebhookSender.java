package io.jenkins.plugins.rollback.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.auth.DeliveryVerifier;
import io.jenkins.plugins.rollback.engine.trigger.auth.SnsTrust;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertMapping;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertParser;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** Who sends to an endpoint: whose words these are, how they are proven, and what they may be about. */
public abstract class WebhookSender extends AbstractDescribableImpl<WebhookEndpointConfig> {

    private AlertFormat format = AlertFormat.PLAIN;
    private Authentication authentication = Authentication.SIGNED;
    private String tokenHeader;
    private String mapping;
    private String service;
    private String environment;
    private String topics;
    private String certificates;

    /** Whose words come in. */
    public AlertFormat getFormat() {
        return format;
    }

    @DataBoundSetter
    public void setFormat(AlertFormat format) {
        this.format = format == null ? AlertFormat.PLAIN : format;
    }

    /** How senders prove who they are. */
    public Authentication getAuthentication() {
        return authentication;
    }

    @DataBoundSetter
    public void setAuthentication(Authentication authentication) {
        this.authentication = authentication == null ? Authentication.SIGNED : authentication;
    }

    /** Name of the header that carries the token, for {@link Authentication#HEADER}. */
    public String getTokenHeader() {
        return tokenHeader;
    }

    @DataBoundSetter
    public void setTokenHeader(String tokenHeader) {
        this.tokenHeader = Util.fixEmptyAndTrim(tokenHeader);
    }

    /** Lines of {@link AlertMapping}, for {@link AlertFormat#MAPPED}. */
    public String getMapping() {
        return mapping;
    }

    @DataBoundSetter
    public void setMapping(String mapping) {
        this.mapping = Util.fixEmptyAndTrim(mapping);
    }

    /** What every alert here is about, whatever it says; {@code null} to believe it. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    /** Where every alert here is, whatever it says; {@code null} to believe it. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** ARNs of the SNS topics that are listened to, for the signature of SNS. */
    public String getTopics() {
        return topics;
    }

    @DataBoundSetter
    public void setTopics(String topics) {
        this.topics = Util.fixEmptyAndTrim(topics);
    }

    /** The certificates that SNS signs with, in PEM form. Public, so no credential. */
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixEmptyAndTrim(certificates);
    }

    /** @throws IllegalArgumentException when the settings do not fit together */
    public DeliveryVerifier toVerifier(Clock clock) {
        SnsTrust trust = authentication.needsTrust(format) ? SnsTrust.parse(Checks.words(topics), certificates) : null;
        return authentication.verifier(format, tokenHeader, trust, clock);
    }

    /** Equal for two endpoints whose deliveries are checked in the same way. */
    public List<Object> verifierKey() {
        return Arrays.asList(format, authentication, tokenHeader, topics, certificates);
    }

    /** @throws IllegalArgumentException when the settings do not fit together */
    public AlertParser toParser() {
        AlertMapping paths = format == AlertFormat.MAPPED && mapping != null ? AlertMapping.parse(mapping) : null;
        if (paths != null && service == null && !paths.has("service")) {
            throw new IllegalArgumentException("neither the mapping nor the endpoint says the service");
        }
        if (paths != null && environment == null && !paths.has("environment")) {
            throw new IllegalArgumentException("neither the mapping nor the endpoint says the environment");
        }
        return new AlertParser(format, paths, service, environment);
    }

    /** Equal for two endpoints whose bodies are read in the same way. */
    public List<Object> parserKey() {
        return Arrays.asList(format, mapping, service, environment);
    }

    /** Gives what was saved before there were formats its defaults. */
    final void fillIn() {
        setFormat(format);
        setAuthentication(authentication);
    }
}
