package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.metrics.HttpPage;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import io.jenkins.plugins.rollback.engine.metrics.RequestSigner;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Google Cloud's way for service accounts (<a
 * href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">OAuth 2.0 for server to server
 * applications</a>, RFC 7523): a statement signed with the account's key is exchanged for a token that is good for an hour.
 * The secret is the key file (JSON) as Google gives it out.
 */
final class GoogleToken implements RequestSigner {

    private static final String SCOPE = "https://www.googleapis.com/auth/monitoring.read";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofHours(1);

    /** So long before its end a token is not used any more. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Clock clock;
    private final JsonServer server;
    private String token;
    private Instant usableUntil = Instant.MIN;

    /** Of the key file that the token was got with: another file needs another token. No key is kept. */
    private byte[] fingerprint = {};

    GoogleToken(String serverId, ServerAccess access, Clock clock) {
        this.clock = clock;
        HttpPage http = new HttpPage(serverId, access.anonymous(), RequestSigner.AUTHORIZATION);
        server = new JsonServer(serverId, "Google's token server", http, GoogleToken::trouble);
    }

    private static JsonServer.Trouble trouble(JsonNode body) {
        return body.has("error")
                ? new JsonServer.Trouble(
                        body.path("error").asText(""),
                        body.path("error_description").asText(""),
                        false)
                : null;
    }

    @Override
    public Request sign(Request request, MetricSecret secret) throws IOException, InterruptedException {
        return request.newBuilder()
                .header("Authorization", "Bearer " + token(secret.secret()))
                .build();
    }

    private synchronized String token(String keyFile) throws IOException, InterruptedException {
        Instant now = clock.instant();
        byte[] print = sha256(keyFile);
        if (now.isBefore(usableUntil) && MessageDigest.isEqual(print, fingerprint)) {
            return token;
        }
        JsonNode account = account(keyFile);
        HttpUrl url = HttpUrl.parse(account.path("token_uri").asText());
        if (url == null || account.path("client_email").asText().isEmpty()) {
            throw notAKeyFile();
        }
        JsonNode answer = server.json(Requests.post(
                url,
                "grant_type=" + Percent.encode(GRANT) + "&assertion=" + statement(account, now),
                "application/x-www-form-urlencoded"));
        token = answer.path("access_token").asText("");
        if (token.isEmpty()) {
            throw server.strange();
        }
        fingerprint = print;
        usableUntil = now.plusSeconds(answer.path("expires_in").asLong(0)).minus(MARGIN);
        return token;
    }

    /** A JSON Web Token (RFC 7519), signed RS256. */
    private static String statement(JsonNode account, Instant now) throws IOException {
        ObjectNode header = JsonServer.JSON
                .createObjectNode()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", account.path("private_key_id").asText());
        ObjectNode claims = JsonServer.JSON
                .createObjectNode()
                .put("iss", account.path("client_email").asText())
                .put("scope", SCOPE)
                .put("aud", account.path("token_uri").asText())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        String signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            // PEM of PKCS #8: base64 between two lines of dashes
            String pem = account.path("private_key").asText().replaceAll("-----[^-]*-----|\\s", "");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw notAKeyFile(); // without the cause: it may quote the key
        }
    }

    private static JsonNode account(String keyFile) throws IOException {
        try {
            return JsonServer.JSON.readTree(keyFile);
        } catch (JsonProcessingException e) {
            throw notAKeyFile();
        }
    }

    private static IOException notAKeyFile() {
        return new MetricException("the credential is not the JSON key file of a Google service account", false, null);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
