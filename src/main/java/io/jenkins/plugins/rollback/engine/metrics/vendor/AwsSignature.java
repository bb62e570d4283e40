package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import io.jenkins.plugins.rollback.engine.metrics.RequestSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.Buffer;

/**
 * AWS Signature Version 4, as the <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">IAM User Guide</a>
 * describes it. The user name of the credential is the access key's id, the password the secret access key.
 *
 * <p>Signed are {@code host}, {@code content-type} and every {@code x-amz-*} header; other headers may be changed on the
 * way by a proxy.
 */
final class AwsSignature implements RequestSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String region;
    private final String service;
    private final Clock clock;

    /** @param service AWS' name of it in signatures: {@code monitoring} for CloudWatch */
    AwsSignature(String region, String service, Clock clock) {
        this.region = region;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Request sign(Request request, MetricSecret secret) throws IOException {
        if (secret.user() == null) {
            throw new IOException("AWS wants a user name (access key id) with a password (secret access key)");
        }
        String time = TIME.format(clock.instant());
        String day = time.substring(0, 8);
        Request dated = request.newBuilder().header("X-Amz-Date", time).build();
        SortedMap<String, String> headers = signedHeaders(dated);
        String names = String.join(";", headers.keySet());
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + hex(sha256(canonical(dated, headers, names).getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secret.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(day, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return dated.newBuilder()
                .header(
                        "Authorization",
                        ALGORITHM + " Credential=" + secret.user() + "/" + scope + ", SignedHeaders=" + names
                                + ", Signature=" + hex(hmac(key, toSign)))
                .build();
    }

    /** Step 1: the request in one form that both sides can build. */
    private static String canonical(Request request, SortedMap<String, String> headers, String names)
            throws IOException {
        StringBuilder text = new StringBuilder(request.method())
                .append('\n')
                .append(request.url().encodedPath())
                .append('\n')
                .append(query(request.url()))
                .append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        return text.append('\n')
                .append(names)
                .append('\n')
                .append(hex(sha256(body.readByteArray())))
                .toString();
    }

    /** Parameters in the order of their names, then values. */
    private static String query(HttpUrl url) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            pairs.add(Percent.encode(url.queryParameterName(i)) + "=" + Percent.encode(value == null ? "" : value));
        }
        pairs.sort(null);
        return String.join("&", pairs);
    }

    private static SortedMap<String, String> signedHeaders(Request request) {
        SortedMap<String, String> signed = new TreeMap<>();
        HttpUrl url = request.url();
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        signed.put("host", usual ? url.host() : url.host() + ":" + url.port());
        if (request.body() != null && request.body().contentType() != null) {
            signed.put("content-type", request.body().contentType().toString());
        }
        Headers headers = request.headers();
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-") || lower.equals("content-type")) {
                signed.put(lower, headers.get(name).strip().replaceAll(" +", " "));
            }
        }
        return signed;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
