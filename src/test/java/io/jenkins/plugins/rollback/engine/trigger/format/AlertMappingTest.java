package io.jenkins.plugins.rollback.engine.trigger.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

public class AlertMappingTest {

    private static final String MAPPING =
            """
            # Zabbix, as our script sends it
            service = $.labels[?(@.name == 'app')].value
            environment = $.host.env
            state = $.status
            firing = PROBLEM
            resolved = OK
            dedupe = $.id
            severity = $.level
            summary = $..headline
            link = $.url
            at = $.clock
            """;
    private static final String BODY = "{\"labels\": [{\"name\": \"app\", \"value\": \"shop\"},"
            + " {\"name\": \"team\", \"value\": \"x\"}], \"host\": {\"env\": \"production\"},"
            + " \"status\": \"Problem\", \"id\": 4711, \"level\": 4, \"text\": {\"headline\": \"down\"},"
            + " \"url\": \"https://zabbix.example.org/1\", \"clock\": 1763798294}";

    private static Reading read(String mapping, String body) throws AlertException {
        return new AlertParser(AlertFormat.MAPPED, AlertMapping.parse(mapping), null, null).parse(body.getBytes(UTF_8));
    }

    @Test
    public void followsItsPaths() throws Exception {
        assertThat(read(MAPPING, BODY).alerts())
                .containsExactly(new Alert(
                        new Target("shop", "production"),
                        "4",
                        "4711",
                        Alert.State.FIRING,
                        "down",
                        "https://zabbix.example.org/1",
                        Instant.ofEpochSecond(1_763_798_294L)));
        assertThat(read(MAPPING, BODY.replace("Problem", "OK")).alerts().get(0).state())
                .isEqualTo(Alert.State.RESOLVED);
        assertThat(read(MAPPING, BODY.replace("Problem", "UNKNOWN")).alerts()).isEmpty();
    }

    @Test
    public void saysWhatTheBodyLacks() {
        for (List<String> fault : List.of(
                List.of("\"status\": \"Problem\",", "", "state: is missing"),
                List.of("\"team\"", "\"app\"", "service: expected one value, found 2"),
                List.of(
                        "\"env\": \"production\"",
                        "\"env\": {}",
                        "environment: expected one text or number, found object"),
                List.of("\"name\": \"app\"", "\"name\": \"b\"", "service: service is missing"))) {
            assertThatThrownBy(() -> read(MAPPING, BODY.replace(fault.get(0), fault.get(1))))
                    .as(fault.get(2))
                    .isInstanceOf(AlertException.class)
                    .hasMessage(fault.get(2));
        }
    }

    @Test
    public void aMappingThatPointsNowhereIsRefused() {
        for (List<String> fault : List.of(
                List.of("service = $.a", "mapping: state is missing"),
                List.of("state", "mapping: 'state' is not 'part = path'"),
                List.of("state =", "mapping: 'state =' is not 'part = path'"),
                List.of("states = $.a", "mapping: 'states' is unknown"),
                List.of("state = status", "mapping: state is not a path"),
                List.of("state = $.[", "mapping: state: "),
                List.of("state = $.a\nstate = $.b", "mapping: state is there twice"),
                List.of("state = $..a..b", "mapping: state is not a path"),
                List.of("state = $[?(@.a =~ /(x+)+y/)]", "mapping: state is not a path"),
                List.of("state = $." + "a".repeat(300), "mapping: state is not a path"),
                List.of("state = $.a\nfiring = x, y\nresolved = Y", "mapping: 'y' is both firing and resolved"))) {
            assertThatThrownBy(() -> AlertMapping.parse(fault.get(0)))
                    .as(fault.get(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(fault.get(1));
        }
        assertThatThrownBy(() -> new AlertParser(AlertFormat.MAPPED)).hasMessage("the format needs a mapping");
    }
}
