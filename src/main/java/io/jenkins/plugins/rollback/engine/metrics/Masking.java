package io.jenkins.plugins.rollback.engine.metrics;

import java.util.Set;
import java.util.TreeSet;
import okhttp3.Request;

/** Takes the secrets of one request out of texts: some servers repeat the key that they refuse. */
public final class Masking {

    /** Shorter texts are no secrets, and would turn up in many words. */
    private static final int SHORTEST = 4;

    private final Set<String> secrets = new TreeSet<>();

    /** @param secret may be {@code null} */
    Masking(MetricSecret secret, Request request) {
        if (secret == null) {
            return;
        }
        add(secret.secret());
        String sent = request.header("Authorization");
        if (sent != null) {
            add(sent);
            add(sent.substring(sent.lastIndexOf(' ') + 1)); // without the scheme; of AWS the signature
        }
        for (String name : request.headers().names()) {
            if (request.header(name).equals(secret.user())) {
                add(secret.user()); // sent as it is: to this vendor it is a key
            }
        }
    }

    private void add(String secret) {
        if (secret != null && secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }

    /** The text, with stars for what is secret. */
    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "****");
        }
        return masked;
    }

    @Override
    public String toString() {
        return "Masking";
    }
}
