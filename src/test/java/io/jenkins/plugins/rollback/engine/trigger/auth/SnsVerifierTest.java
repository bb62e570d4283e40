package io.jenkins.plugins.rollback.engine.trigger.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.Bodies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Messages in the form that AWS documents, signed by a key made here in the way that AWS documents. */
public class SnsVerifierTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final String TOPIC = "arn:aws:sns:us-west-2:123456789012:MyTopic";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static PrivateKey key;
    private static String certificate;

    private final Clock clock = Clock.systemUTC();

    /** A key and its certificate, by the JDK's own tool. */
    @BeforeClass
    public static void aKey() throws Exception {
        Path store = FOLDER.getRoot().toPath().resolve("sns.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "sns",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=sns.amazonaws.com",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.newFile("keytool.log"))
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        key = (PrivateKey) keys.getKey("sns", "changeit".toCharArray());
        certificate = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                        .encodeToString(keys.getCertificate("sns").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static ObjectNode message(String name, Instant time) throws Exception {
        return ((ObjectNode) JSON.readTree(Bodies.text(name)))
                .put("SignatureVersion", "2")
                .put("Timestamp", time.toString());
    }

    /** Signs as AWS documents: the lines are spelled out here, not taken from the code under test. */
    private static byte[] sign(ObjectNode message) throws Exception {
        StringBuilder text = new StringBuilder();
        List<String> fields = message.path("Type").asText().equals("Notification")
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        for (String field : fields) {
            if (message.has(field)) {
                text.append(field)
                        .append('\n')
                        .append(message.get(field).asText())
                        .append('\n');
            }
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.toString().getBytes(UTF_8));
        return JSON.writeValueAsBytes(
                message.put("Signature", Base64.getEncoder().encodeToString(signature.sign())));
    }

    private static DeliveryVerifier verifier(Clock clock) {
        return Authentication.VENDOR.verifier(
                AlertFormat.CLOUDWATCH, null, SnsTrust.parse(List.of(TOPIC), certificate), clock);
    }

    private void assertRefused(Why why, byte[] body) {
        assertRefused(why, body, clock);
    }

    private static void assertRefused(Why why, byte[] body, Clock at) {
        Throwable thrown = catchThrowable(() -> verifier(at).verify(header -> null, body, List.of()));
        assertThat(thrown).isInstanceOf(WebhookRefusedException.class);
        assertThat(((WebhookRefusedException) thrown).why()).isEqualTo(why);
    }

    @Test
    public void acceptsWhatSnsSigned() throws Exception {
        Instant now = clock.instant();
        assertThat(verifier(clock)
                        .verify(header -> null, sign(message("sns-alarm", now)), List.of())
                        .timestamp())
                .isEqualTo(now.getEpochSecond());
        ObjectNode untitled = message("sns-alarm", now);
        untitled.remove("Subject");
        verifier(clock).verify(header -> null, sign(untitled), List.of());
    }

    @Test
    public void refusesWhatAnybodyCouldHaveMade() throws Exception {
        Instant now = clock.instant();
        byte[] right = sign(message("sns-alarm", now));
        String text = new String(right, UTF_8);
        assertRefused(
                Why.WRONG, text.replace("checkout errors", "search errors").getBytes(UTF_8));
        assertRefused(Why.WRONG, sign(message("sns-alarm", now).put("TopicArn", TOPIC + "2")));
        for (String url : List.of(
                "https://sns.us-west-2.amazonaws.com.evil.example/x.pem",
                "https://evil.example/sns.us-west-2.amazonaws.com",
                "http://sns.us-west-2.amazonaws.com/x.pem",
                "https://sns.us-west-2.amazonaws.com@evil.example/x.pem",
                "https://sns.us-west-2.amazonaws.com:8443/x.pem",
                "https://bucket.s3.amazonaws.com/x.pem",
                "")) {
            assertRefused(Why.WRONG, sign(message("sns-alarm", now).put("SigningCertURL", url)));
        }
        assertRefused(Why.MALFORMED, sign(message("sns-alarm", now).put("SignatureVersion", "1")));
        assertRefused(Why.STALE, sign(message("sns-alarm", now.minus(Duration.ofMinutes(61)))));
        assertRefused(Why.MALFORMED, sign(message("sns-alarm", now).put("Timestamp", "yesterday")));
        assertRefused(Why.MALFORMED, "no JSON".getBytes(UTF_8));
        ObjectNode garbled = message("sns-alarm", now).put("Signature", "!");
        assertRefused(Why.MALFORMED, JSON.writeValueAsBytes(garbled));
        assertRefused(Why.WRONG, JSON.writeValueAsBytes(garbled.put("Signature", "AAAA")));
        assertRefused(Why.WRONG, right, Clock.offset(clock, Duration.ofDays(400))); // the certificate has expired
    }

    @Test
    public void showsTheUrlThatConfirmsAndNoOther() throws Exception {
        ObjectNode confirmation = message("sns-confirmation", clock.instant());
        byte[] signed = sign(confirmation);
        verifier(clock).verify(header -> null, signed, List.of());

        assertThat(SnsMessage.read(signed).confirmationUrl().orElseThrow())
                .startsWith("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + TOPIC);
        byte[] elsewhere = JSON.writeValueAsBytes(confirmation.put("SubscribeURL", "https://evil.example/"));
        assertThat(SnsMessage.read(elsewhere).confirmationUrl()).isEmpty();
        assertThat(SnsMessage.read(Bodies.text("sns-alarm").getBytes(UTF_8)).confirmationUrl())
                .isEmpty();
    }

    @Test
    public void trustIsComplete() {
        assertThat(SnsTrust.parse(List.of(TOPIC), certificate + certificate).certificates())
                .hasSize(2);
        assertThatThrownBy(() -> SnsTrust.parse(List.of(), certificate)).hasMessageStartingWith("name the topic");
        assertThatThrownBy(() -> SnsTrust.parse(List.of("MyTopic"), certificate))
                .hasMessage("'MyTopic' is no ARN of an SNS topic");
        assertThatThrownBy(() -> SnsTrust.parse(List.of(TOPIC), " ")).hasMessageContaining("paste the certificate");
        assertThatThrownBy(() -> SnsTrust.parse(List.of(TOPIC), "-----BEGIN CERTIFICATE-----\nAAAA\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
