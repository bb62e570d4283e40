package io.jenkins.plugins.rollback.webhook;

import java.util.function.UnaryOperator;

/**
 * What came to the door.
 *
 * @param endpoint id of the endpoint; need not exist, empty when it cannot be one
 * @param from address of the sender, or of a proxy before Jenkins
 * @param headers gives the value of a header, or {@code null}
 * @param body the bytes as they came; empty where they were not read
 */
record Delivery(String endpoint, String from, UnaryOperator<String> headers, byte[] body) {}
