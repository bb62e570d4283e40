package io.jenkins.plugins.rollback.engine.trigger.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.rollback.engine.rollback.AtOnce;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class WebhookVerifierTest {

    private static final long NOW = 1_795_000_000L;
    private static final byte[] SECRET = "correct horse battery staple".getBytes(UTF_8);
    private static final byte[] OTHER = "the next secret".getBytes(UTF_8);
    private static final byte[] BODY = "{\"service\":\"shop\"}".getBytes(UTF_8);

    private final WebhookVerifier verifier = new WebhookVerifier(clock(NOW));

    private static Clock clock(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }

    private void assertRefused(Why why, String header, byte[] body, List<byte[]> secrets) {
        Throwable thrown = catchThrowable(() -> verifier.verify(header, body, secrets));
        assertThat(thrown).as(String.valueOf(header)).isInstanceOf(WebhookRefusedException.class);
        assertThat(((WebhookRefusedException) thrown).why())
                .as(String.valueOf(header))
                .isEqualTo(why);
    }

    @Test
    public void agreesWithOpenssl() {
        // printf '1795000000.{"service":"shop"}' | openssl dgst -sha256 -hmac 'correct horse battery staple' -hex
        assertThat(WebhookVerifier.sign(SECRET, NOW, BODY))
                .isEqualTo("t=1795000000,v1=78640a94e3d62611f656756addfebe91e8a59b8b0fa442da4c98caae890ac5ca");
    }

    @Test
    public void acceptsARightSignature() throws Exception {
        Signed signed = verifier.verify(WebhookVerifier.sign(SECRET, NOW, BODY), BODY, List.of(SECRET));

        assertThat(signed.timestamp()).isEqualTo(NOW);
        assertThat(signed.id()).matches("[0-9a-f]{32}");
    }

    @Test
    public void acceptsEitherOfTwoSecretsAndEitherOfTwoSignatures() throws Exception {
        verifier.verify(WebhookVerifier.sign(OTHER, NOW, BODY), BODY, List.of(SECRET, OTHER));
        String both = WebhookVerifier.sign(OTHER, NOW - 1, BODY) + ","
                + WebhookVerifier.sign(SECRET, NOW - 1, BODY).split(",")[1];
        verifier.verify(both, BODY, List.of(SECRET));
        assertRefused(Why.WRONG, WebhookVerifier.sign(OTHER, NOW, BODY), BODY, List.of(SECRET));
    }

    @Test
    public void skipsElementsOfVersionsItDoesNotKnow() throws Exception {
        verifier.verify(
                "v2=zzz, "
                        + WebhookVerifier.sign(SECRET, NOW, BODY)
                                .toUpperCase()
                                .replace("T=", "t=")
                                .replace("V1=", "v1="),
                BODY,
                List.of(SECRET));
    }

    @Test
    public void refusesAnotherBodyTimestampOrNoSecret() {
        String header = WebhookVerifier.sign(SECRET, NOW, BODY);
        assertRefused(Why.WRONG, header, "{}".getBytes(UTF_8), List.of(SECRET));
        assertRefused(Why.WRONG, header.replace("t=1795000000", "t=1795000001"), BODY, List.of(SECRET));
        assertRefused(Why.WRONG, header, BODY, List.of());
        assertRefused(Why.WRONG, header, BODY, List.of(new byte[0]));
        assertRefused(Why.MISSING, null, BODY, List.of(SECRET));
        assertRefused(Why.MISSING, " ", BODY, List.of(SECRET));
    }

    @Test
    public void refusesWhatIsNotFresh() throws Exception {
        verifier.verify(WebhookVerifier.sign(SECRET, NOW - 300, BODY), BODY, List.of(SECRET));
        verifier.verify(WebhookVerifier.sign(SECRET, NOW + 300, BODY), BODY, List.of(SECRET));
        assertRefused(Why.STALE, WebhookVerifier.sign(SECRET, NOW - 301, BODY), BODY, List.of(SECRET));
        assertRefused(Why.STALE, WebhookVerifier.sign(SECRET, NOW + 301, BODY), BODY, List.of(SECRET));
    }

    @Test
    public void acceptsADeliveryOnceHoweverManyTimesItComes() throws Exception {
        String header = WebhookVerifier.sign(SECRET, NOW, BODY);

        List<Object> outcomes = AtOnce.run(32, i -> () -> verifier.verify(header, BODY, List.of(SECRET)));

        assertThat(outcomes).filteredOn(Signed.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(WebhookRefusedException.class::isInstance)
                .hasSize(31)
                .allMatch(e -> ((WebhookRefusedException) e).why() == Why.REPLAYED);
        // the same signature in other clothes is the same delivery
        assertRefused(Why.REPLAYED, header.replace(",", " , "), BODY, List.of(SECRET));
    }

    @Test
    public void remembersNoLongerThanNeededAndRefusesWhenFull() throws Exception {
        ReplayMemory memory = new ReplayMemory(3);
        byte[] mark = new byte[32];
        for (int i = 0; i < 3; i++) {
            mark[0] = (byte) i;
            memory.remember(mark, NOW + i, NOW - 300);
        }
        mark[0] = 9;
        assertThatThrownBy(() -> memory.remember(mark, NOW + 9, NOW - 300)).hasMessageContaining("more than 3");
        memory.remember(mark, NOW + 9, NOW + 2);
        assertThat(memory.size()).isEqualTo(2);
    }

    @Test
    public void malformedHeadersAreSaidToBeSo() {
        String hex = "0".repeat(64);
        for (String header : List.of(
                "t",
                "t=",
                "t=1",
                "v1=" + hex,
                "t=x,v1=" + hex,
                "t=1,v1=zz",
                "t=1,t=1,v1=" + hex,
                "t=-1,v1=" + hex,
                "t=1234567890123,v1=" + hex,
                "t=1," + ("v1=" + hex + ",").repeat(9),
                "a".repeat(2000),
                "t=1,v1=" + hex + "0",
                ",,,")) {
            assertRefused(Why.MALFORMED, header, BODY, List.of(SECRET));
        }
    }

    @Test
    public void noChangeOfARightHeaderIsAccepted() {
        Random random = new Random(7);
        String right = WebhookVerifier.sign(SECRET, NOW, BODY);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(right);
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, (char) random.nextInt(256));
                }
            }
            String header = text.toString();
            if (header.equalsIgnoreCase(right)
                    || header.replaceAll("[\\s\\x00-\\x20]", "").equalsIgnoreCase(right)) {
                continue; // space around elements and the case of digits carry no meaning
            }
            try {
                verifier.verify(header, BODY, List.of(SECRET));
                // only a changed key of an element that is not needed could get here, and there is none
                throw new AssertionError("accepted: " + header);
            } catch (WebhookRefusedException expected) {
                assertThat(expected.getMessage())
                        .doesNotContain("correct horse")
                        .hasSizeLessThan(300);
            }
        }
    }

    @Test
    public void theWindowMustBePositive() {
        assertThatThrownBy(() -> new WebhookVerifier(clock(NOW), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
