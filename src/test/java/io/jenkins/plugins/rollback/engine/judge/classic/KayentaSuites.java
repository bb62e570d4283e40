package io.jenkins.plugins.rollback.engine.judge.classic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of Kayenta's own test suites, as {@code kayenta-suites.json}: inputs and expected results of {@code
 * ClassifierSuite} (its Mann-Whitney cases; the three of the mean inequality classifier belong to no judge) and {@code
 * MannWhitneySuite} of spinnaker/kayenta at a69573be (Netflix, Apache License 2.0).
 */
final class KayentaSuites {

    private KayentaSuites() {}

    static JsonNode read() throws IOException {
        try (InputStream in = KayentaSuites.class.getResourceAsStream("kayenta-suites.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** The cases of a list as parameters: name and case. */
    static List<Object[]> cases(String list) throws IOException {
        List<Object[]> cases = new ArrayList<>();
        read().path(list)
                .forEach(one -> cases.add(new Object[] {one.path("name").asText(), one}));
        return cases;
    }

    static double[] numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).asDouble())
                .toArray();
    }
}
