package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * Our own format, for scripts and for senders that let their users write the body:
 *
 * <pre>{@code
 * {"service": "checkout", "environment": "production", "severity": "critical", "dedupe": "errors-4711",
 *  "state": "firing", "summary": "5 % of requests fail", "link": "https://...", "at": "2026-11-22T08:00:00Z"}
 * }</pre>
 *
 * <p>{@code state} is required, {@code service} and {@code environment} where the endpoint does not fix them. Without
 * {@code dedupe} all alerts about the same service, environment and severity are one incident. Other fields are ignored.
 */
final class PlainReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        found.add(() -> new Draft(state(Fields.text(body, "state")))
                .about(Fields.text(body, "service"), Fields.text(body, "environment"))
                .severity(Fields.text(body, "severity"))
                .dedupe(Fields.text(body, "dedupe"))
                .summary(Fields.text(body, "summary"))
                .link(Fields.text(body, "link"))
                .at(Fields.time(body, "at")));
    }

    private static Alert.State state(String state) throws AlertException {
        return switch (state == null ? "" : state) {
            case "firing" -> Alert.State.FIRING;
            case "resolved" -> Alert.State.RESOLVED;
            default -> throw new AlertException(
                    "state",
                    "expected firing or resolved, found "
                            + (state == null ? "nothing" : "'" + Fields.clip(state) + "'"));
        };
    }
}
