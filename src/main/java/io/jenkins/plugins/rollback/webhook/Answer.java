package io.jenkins.plugins.rollback.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a sender is told.
 *
 * @param status HTTP
 * @param body one line
 */
record Answer(int status, ObjectNode body) {

    /**
     * For whatever is wrong with who sends: an endpoint that does not exist, no signature, a wrong one, an old one. Always
     * the same, so that nobody learns anything by trying.
     */
    static Answer refused() {
        return new Answer(401, text("error", "not accepted"));
    }

    static ObjectNode text(String key, String value) {
        return JsonNodeFactory.instance.objectNode().put(key, value);
    }
}
