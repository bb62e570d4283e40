package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import okhttp3.Request;

/** How one kind of server wants to see a secret: as which header, or as a signature made with it. */
@FunctionalInterface
public interface RequestSigner {

    /** A bearer token or basic authentication. */
    RequestSigner AUTHORIZATION = (request, secret) ->
            request.newBuilder().header("Authorization", secret.authorization()).build();

    /**
     * The request with what proves that we may ask.
     *
     * @param request complete but for that; its body can be read more than once
     * @throws IOException when the secret is not of the right form; the message must not hold any of it
     */
    Request sign(Request request, MetricSecret secret) throws IOException, InterruptedException;

    /**
     * A token behind a scheme of the vendor's own ({@code Authorization: Token abc}); user and password, which are no
     * token, as basic authentication.
     */
    static RequestSigner scheme(String scheme) {
        return (request, secret) -> request.newBuilder()
                .header(
                        "Authorization",
                        secret.user() == null ? scheme + " " + secret.secret() : secret.authorization())
                .build();
    }

    /** The secret as the value of a header. */
    static RequestSigner header(String name) {
        return (request, secret) ->
                request.newBuilder().header(name, secret.secret()).build();
    }
}
