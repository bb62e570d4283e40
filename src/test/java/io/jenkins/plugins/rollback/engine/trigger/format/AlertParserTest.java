package io.jenkins.plugins.rollback.engine.trigger.format;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.Random;
import org.junit.Test;

public class AlertParserTest {

    private static final String RIGHT = "{\"service\": \"shop\", \"environment\": \"production\","
            + " \"severity\": \"critical\", \"dedupe\": \"errors-4711\", \"state\": \"firing\","
            + " \"summary\": \"5 % of requests fail\", \"labels\": {\"a\": [1, 2]}}";

    private final AlertParser parser = new AlertParser(AlertFormat.PLAIN);

    private Alert parse(String body) throws AlertException {
        return parse(body.getBytes(UTF_8));
    }

    private Alert parse(byte[] body) throws AlertException {
        Reading reading = parser.parse(body);
        assertThat(reading.skipped()).isEmpty();
        assertThat(reading.alerts()).hasSize(1);
        return reading.alerts().get(0);
    }

    private void assertRefused(String field, String start, byte[] body) {
        Throwable thrown = catchThrowable(() -> parser.parse(body));
        assertThat(thrown).as(start).isInstanceOf(AlertException.class).hasMessageStartingWith(start);
        assertThat(((AlertException) thrown).field()).isEqualTo(field);
        assertThat(thrown.getMessage()).hasSizeLessThan(400).doesNotContain("\n");
    }

    private void assertRefused(String field, String start, String body) {
        assertRefused(field, start, body.getBytes(UTF_8));
    }

    @Test
    public void readsAnAlert() throws Exception {
        assertThat(parse(RIGHT))
                .isEqualTo(new Alert(
                        new Target("shop", "production"),
                        "critical",
                        "errors-4711",
                        Alert.State.FIRING,
                        "5 % of requests fail"));
    }

    @Test
    public void whatIsNotRequiredHasItsDefault() throws Exception {
        assertThat(parse("{\"service\":\"shop\",\"environment\":\"eu\",\"state\":\"resolved\",\"summary\":null}"))
                .isEqualTo(new Alert(
                        new Target("shop", "eu"), "unspecified", "shop/eu/unspecified", Alert.State.RESOLVED, ""));
    }

    @Test
    public void namesTheFieldThatIsWrong() {
        assertRefused("service", "service: service is missing", "{\"state\": \"firing\"}");
        assertRefused("service", "service: expected text, found number", "{\"state\": \"firing\", \"service\": 7}");
        assertRefused(
                "service",
                "service: service '../x' is not a valid name",
                "{\"state\": \"firing\", \"service\": \"../x\"}");
        assertRefused(
                "environment", "environment: environment is missing", "{\"state\": \"firing\", \"service\": \"shop\"}");
        assertRefused("state", "state: expected firing or resolved, found nothing", RIGHT.replace("state", "status"));
        assertRefused("state", "state: expected firing or resolved, found 'FIRING'", RIGHT.replace("firing", "FIRING"));
        assertRefused("dedupe", "dedupe: longer than 1024", RIGHT.replace("errors", "e".repeat(1100)));
        assertRefused(
                "summary", "summary: expected text, found array", RIGHT.replace("\"5 % of requests fail\"", "[]"));
    }

    @Test
    public void refusesWhatIsTooLargeTooDeepOrAmbiguous() {
        assertRefused("body", "body: larger than 262144 bytes", " ".repeat(300_000));
        assertRefused("body", "body: not the JSON", RIGHT.replace("[1, 2]", "[".repeat(50) + "]".repeat(50)));
        assertRefused("body", "body: not the JSON", RIGHT.replace("\"labels\"", "\"service\": \"other\", \"labels\""));
        assertRefused("body", "body: not the JSON", RIGHT + RIGHT);
        assertRefused("body", "body: expected a JSON object", "");
        assertRefused("body", "body: not the JSON", RIGHT.replace("2]", "1" + "0".repeat(500) + "]"));
        assertRefused("body", "body: expected a JSON object", "[" + RIGHT + "]");
        assertRefused("body", "body: not UTF-8", new byte[] {'{', (byte) 0xff, '}'});
        assertRefused("body", "body: not UTF-8", RIGHT.getBytes(UTF_16));
        assertRefused("body", "body: not the JSON", "<alert/>");
    }

    @Test
    public void controlCharactersDoNotGetThrough() throws Exception {
        Alert alert = parse(RIGHT.replace("5 %", "5\\n\\u001b[31m%"));

        assertThat(alert.summary()).isEqualTo("5  [31m% of requests fail");
    }

    @Test
    public void anyBytesGiveAnAlertOrOneLine() {
        Random random = new Random(11);
        byte[] right = RIGHT.getBytes(UTF_8);
        for (int i = 0; i < 30_000; i++) {
            byte[] body = right.clone();
            int changes = 1 + random.nextInt(6);
            for (int c = 0; c < changes; c++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            byte[] cut =
                    java.util.Arrays.copyOf(body, random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length);
            try {
                Alert alert = parse(cut);
                assertThat(alert.target()).isNotNull();
                assertThat(alert.state()).isNotNull();
            } catch (AlertException e) {
                assertThat(e.getMessage())
                        .hasSizeLessThan(400)
                        .doesNotContain("\n")
                        .doesNotContain("\r");
            }
        }
    }
}
