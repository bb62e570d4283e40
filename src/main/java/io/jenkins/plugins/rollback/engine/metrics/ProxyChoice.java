package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import okhttp3.Authenticator;

/** Tells the HTTP client which proxy to take, and who we are to it. */
final class ProxyChoice extends ProxySelector {

    private final HttpProxy proxy;

    ProxyChoice(HttpProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
        Proxy chosen = proxy.towards(uri.getHost());
        if (chosen != null) {
            return List.of(chosen);
        }
        ProxySelector jvm = ProxySelector.getDefault();
        return jvm == null ? List.of(Proxy.NO_PROXY) : jvm.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request fails and says so
    }

    /** Answers a proxy that wants to know who asks: once, a refusal is final. */
    static Authenticator authenticator(HttpProxy proxy) {
        return (route, response) -> {
            MetricSecret secret = proxy.secret();
            if (secret == null || response.request().header("Proxy-Authorization") != null) {
                return null;
            }
            return response.request()
                    .newBuilder()
                    .header("Proxy-Authorization", secret.authorization())
                    .build();
        };
    }
}
