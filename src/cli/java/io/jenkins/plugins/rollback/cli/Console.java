package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes: results on {@code out}, everything else on {@code err}.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record Console(InputStream in, PrintStream out, PrintStream err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Prints a result as one line of JSON. */
    void print(JsonNode json) {
        try {
            out.println(JSON.writeValueAsString(json));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
