package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * cloud.google.com/stackdriver/docs/managed-prometheus/query-api: Prometheus' words behind Google's door, errors of which
 * (google.rpc.Status) have a form of their own.
 */
final class GoogleDialect extends Dialects.Prometheus {

    static final KeyPair KEYS = keys();

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key file as Google gives it out. */
    static String keyFile(String tokenUrl) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return JsonServer.JSON
                .createObjectNode()
                .put("type", "service_account")
                .put("private_key_id", "k1")
                .put("private_key", pem)
                .put("client_email", "jenkins@shop.iam.gserviceaccount.com")
                .put("token_uri", tokenUrl)
                .toString();
    }

    @Override
    public ServerKind kind() {
        return ServerKind.GOOGLE;
    }

    @Override
    public String scope() {
        return "shop-prod";
    }

    @Override
    public MetricSecret secret(String tokenUrl) {
        return new MetricSecret(null, keyFile(tokenUrl));
    }

    @Override
    public String error(String sentence) {
        return "{\"error\":{\"code\":400,\"message\":\"" + sentence + "\",\"status\":\"INVALID_ARGUMENT\"}}";
    }

    @Override
    public void check(RecordedRequest request, Instant from, Instant to) {
        assertThat(request.getRequestUrl().encodedPath())
                .isEqualTo("/v1/projects/shop-prod/location/global/prometheus/api/v1/query");
        assertThat(request.getRequestUrl().queryParameter("query")).isEqualTo(query());
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer s3cret-token");
    }
}
