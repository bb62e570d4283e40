package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import org.junit.Test;

public class EventJsonTest {

    @Test
    public void readsAllFields() {
        Event event = EventJson.read(
                "{\"kind\":\"release.retained\",\"service\":\"checkout\",\"environment\":\"production\","
                        + "\"release\":\"1.4.2\",\"actor\":\"user:alice\",\"reason\":\"INC-1\",\"data\":{\"files\":3,\"x\":null}}");

        assertThat(event.kind()).isEqualTo(EventKind.RELEASE_RETAINED);
        assertThat(event.service()).isEqualTo("checkout");
        assertThat(event.environment()).isEqualTo("production");
        assertThat(event.version()).isEqualTo("1.4.2");
        assertThat(event.actor()).isEqualTo(Actor.user("alice"));
        assertThat(event.reason()).isEqualTo("INC-1");
        assertThat(event.data().get("files").asInt()).isEqualTo(3);
        assertThat(event.data().has("x")).isTrue();
    }

    @Test
    public void onlyTheKindIsRequired() {
        Event event = EventJson.read("{\"kind\":\"export\"}");

        assertThat(event.actor()).isEqualTo(Actor.SYSTEM);
        assertThat(event.service()).isNull();
        assertThat(event.data()).isEmpty();
    }

    @Test
    public void errorsNameTheField() {
        refused("nonsense", "event: not JSON");
        refused("[1]", "event: expected a JSON object");
        refused("{}", "kind: missing, expected one of release.retained");
        refused("{\"kind\":\"release.eaten\"}", "kind: 'release.eaten' is unknown, expected one of release.retained");
        refused("{\"kind\":1}", "kind: expected a string");
        refused("{\"kind\":\"export\",\"version\":\"1\"}", "version: unknown field");
        refused("{\"kind\":\"export\",\"kind\":\"export\"}", "event: not JSON: Duplicate field 'kind'");
        refused("{\"kind\":\"export\"} {\"kind\":\"export\"}", "event: not JSON");
        refused("{\"kind\":\"export\",\"service\":\"../etc\"}", "service '../etc' is not a valid name");
        refused("{\"kind\":\"export\",\"release\":\"\"}", "release is missing");
        refused("{\"kind\":\"export\",\"data\":[]}", "data: expected a JSON object");
        refused("{\"kind\":\"export\",\"actor\":\" \"}", "actor: ");
        refused("{\"kind\":\"export\",\"actor\":7}", "actor: expected a string");
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> EventJson.read(json))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith(message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
}
