package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of S3 with timeouts everywhere: what hangs fails. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private S3Clients() {}

    static S3Client client(S3Settings settings, StoreSecret.Reader secrets) {
        AwsCredentialsProvider provider = secrets == StoreSecret.Reader.NONE
                ? DefaultCredentialsProvider.builder().build()
                : () -> credentials(secrets);
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(provider)
                // others than Amazon's servers refuse checksums that nobody asked for; puts bring theirs
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(calls -> calls.apiCallTimeout(settings.patience()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(settings.patience())
                        .build());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint()).forcePathStyle(true);
        }
        return builder.build();
    }

    private static AwsCredentials credentials(StoreSecret.Reader secrets) {
        try {
            StoreSecret secret = secrets.read();
            return AwsBasicCredentials.create(secret.user(), secret.secret());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
