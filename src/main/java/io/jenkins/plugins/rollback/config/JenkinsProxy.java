package io.jenkins.plugins.rollback.config;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.engine.metrics.HttpProxy;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.net.Proxy;
import jenkins.model.Jenkins;

/** The proxy that administrators set for all of Jenkins, as it is at the moment of each connection. */
final class JenkinsProxy implements HttpProxy {

    @Override
    public Proxy towards(String host) {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null ? null : proxy.createProxy(host);
    }

    @Override
    public MetricSecret secret() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null || proxy.getUserName() == null
                ? null
                : new MetricSecret(proxy.getUserName(), Secret.toString(proxy.getSecretPassword()));
    }
}
