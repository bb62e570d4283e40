package io.jenkins.plugins.rollback.engine.trigger.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is sent, to whatever format: alerts that keep the rules, or one line that says what is wrong, and soon. */
class AlertFormatProperties {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(5); // on a busy machine; a parse takes well under 10 ms
    private static final AlertMapping MAPPING =
            AlertMapping.parse("state = $..state\nservice = $.labels[?(@.a)].service\n"
                    + "environment = $['env'][0]\nat = $.at\ndedupe = $.alerts[*].id");

    private static AlertParser parser(AlertFormat format) {
        return new AlertParser(format, MAPPING, null, null);
    }

    private static void assertKeepsTheRules(AlertFormat format, byte[] body) {
        long start = System.nanoTime();
        try {
            for (Alert alert : parser(format).parse(body).alerts()) {
                assertThat(alert.target()).isNotNull();
                assertThat(alert.state()).isNotNull();
                assertThat(alert.dedupe()).hasSizeLessThanOrEqualTo(1_024);
                assertThat(alert.text()).hasSizeLessThan(6_000).doesNotContainPattern("\\p{Cntrl}");
            }
        } catch (AlertException e) {
            assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContainPattern("[\r\n]");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("%s", format).isLessThan(SOON);
    }

    @Property(tries = 1_000)
    void anyBytes(@ForAll byte[] body, @ForAll AlertFormat format) {
        assertKeepsTheRules(format, body);
    }

    @Property(tries = 5_000)
    void aDocumentedBodyWithAnyPartReplaced(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<String> names = Bodies.ALL.keySet().stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        JsonNode body = JSON.readTree(Bodies.text(name));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            replaceSomething(body, random);
        }
        assertKeepsTheRules(Bodies.ALL.get(name), JSON.writeValueAsBytes(body));
        AlertFormat[] formats = AlertFormat.values();
        assertKeepsTheRules(formats[random.nextInt(formats.length)], JSON.writeValueAsBytes(body));
    }

    @Property(tries = 3_000)
    void aDocumentedBodyWithAnyBytesReplaced(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = Bodies.ALL.keySet().stream().sorted().toList();
        String name = names.get(random.nextInt(names.size()));
        byte[] body = Bodies.text(name).getBytes(UTF_8);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        assertKeepsTheRules(Bodies.ALL.get(name), body);
    }

    @Property(tries = 2_000)
    void anyDeliveryIsCheckedOrRefused(
            @ForAll byte[] body, @ForAll String value, @ForAll AlertFormat format, @ForAll Authentication how) {
        try {
            how.verifier(format, "X-Token", null, Clock.systemUTC())
                    .verify(header -> value, body, List.of("a secret".getBytes(UTF_8)));
            assertThat(value).as("only the secret itself opens").contains("a secret");
        } catch (WebhookRefusedException e) {
            assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("a secret");
        } catch (IllegalArgumentException | NullPointerException e) {
            // this format has no signature of its own, or SNS was not given whom to trust; not the sender's doing
            assertThat(how).isEqualTo(Authentication.VENDOR);
        }
    }

    @Property(tries = 1_000)
    void anyMappingIsTakenOrRefused(@ForAll String path) {
        try {
            AlertMapping mapping = AlertMapping.parse("state = $" + path.replaceAll("\\R", ""));
            new AlertParser(AlertFormat.MAPPED, mapping, "a", "b")
                    .parse(Bodies.text("grafana").getBytes(UTF_8));
        } catch (IllegalArgumentException | AlertException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Puts something else where anything stands. */
    private static void replaceSomething(JsonNode root, Random random) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        if (holder instanceof ObjectNode object && !object.isEmpty()) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            object.set(keys.get(random.nextInt(keys.size())), something(random));
        } else if (holder instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), something(random));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private static JsonNode something(Random random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        return switch (random.nextInt(12)) {
            case 0 -> make.nullNode();
            case 1 -> make.numberNode(random.nextLong());
            case 2 -> make.numberNode(random.nextDouble() * Double.MAX_VALUE);
            case 3 -> make.booleanNode(random.nextBoolean());
            case 4 -> make.objectNode();
            case 5 -> make.arrayNode().add(make.arrayNode()).add(1).add("x:y");
            case 6 -> make.objectNode().put("service", 1).put("name", "").set("value", make.nullNode());
            case 7 -> make.textNode("-999999999-01-01T00:00:00Z");
            case 8 -> make.textNode("99999999999999999999");
            case 9 -> make.textNode("a".repeat(random.nextInt(9_000)));
            case 10 -> make.textNode("resolved");
            default -> make.textNode(new String(noise, ISO_8859_1));
        };
    }
}
