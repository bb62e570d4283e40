package io.jenkins.plugins.rollback.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;

/**
 * JSONPath as administrators may write it, for JSON that strangers send. Regular expressions and more than one search in
 * depth are refused: they could take a very long time on a body made for it.
 */
public final class JsonPaths {

    private static final int LONGEST = 256;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Not the library's providers for Jackson: in Jenkins the plugin that carries the library does not see Jackson. */
    private static final Configuration LENIENT = Configuration.builder()
            .jsonProvider(new JsonSmartJsonProvider())
            .mappingProvider(new JsonSmartMappingProvider())
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    private JsonPaths() {}

    /**
     * Reads a path.
     *
     * @param what it is for; messages begin with it
     * @throws IllegalArgumentException when it is none, or one that is refused
     */
    public static JsonPath compile(String what, String text) {
        boolean costly = text.contains("=~") || text.indexOf("..") != text.lastIndexOf("..");
        if (text.length() > LONGEST || costly || !text.startsWith("$")) {
            throw new IllegalArgumentException(what + " is not a path of at most " + LONGEST
                    + " characters that starts with $, without =~ and with at most one search in depth (..)");
        }
        try {
            return JsonPath.compile(text);
        } catch (JsonPathException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    what + ": " + (message.length() > 200 ? message.substring(0, 200) : message), e);
        }
    }

    /**
     * What the path leads to, or {@code null}; a path that may lead to several places gives an array.
     *
     * @throws RuntimeException on odd bodies, of which the library has kinds of its own
     */
    public static JsonNode find(JsonPath path, JsonNode body) {
        Object found = path.read(JSON.convertValue(body, Object.class), LENIENT);
        return found == null ? null : JSON.valueToTree(found);
    }
}
