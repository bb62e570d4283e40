package io.jenkins.plugins.rollback.engine.judge.classic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule.Limits;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule.Statistic;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Every Mann-Whitney case of Kayenta's {@code ClassifierSuite}, one test each: see {@link KayentaSuites}. */
@RunWith(Parameterized.class)
public class KayentaClassifierTest {

    private final JsonNode given;

    public KayentaClassifierTest(String name, JsonNode given) {
        this.given = given;
    }

    @Parameters(name = "{0}")
    public static List<Object[]> cases() throws IOException {
        List<Object[]> cases = KayentaSuites.cases("classifications");
        assertThat(cases).hasSize(34);
        return cases;
    }

    @Test
    public void classifiesAsKayentaDoes() {
        Classification found = new KayentaClassifier(rule())
                .classify(KayentaSuites.numbers(given.path("canary")), KayentaSuites.numbers(given.path("baseline")));
        JsonNode expected = given.path("expected");
        assertThat(expected.size()).isPositive();
        if (expected.has("label")) {
            assertThat(found.label().name()).isEqualTo(expected.path("label").asText());
        }
        if (expected.has("critical")) {
            assertThat(found.critical()).isEqualTo(expected.path("critical").asBoolean());
        }
        if (expected.has("ratio")) {
            Double ratio = expected.path("ratio").asDouble(Double.NaN);
            assertThat(found.ratio()).isEqualTo(ratio); // boxed, so that NaN equals NaN
        }
        assertThat(found.reason()).isNotBlank();
    }

    private KayentaRule rule() {
        EffectSize measure = Arrays.stream(EffectSize.values())
                .filter(one -> one.word().equals(given.path("measure").asText()))
                .findFirst()
                .orElseThrow();
        return new KayentaRule(
                Worse.valueOf(given.path("direction").asText()),
                given.path("critical").asBoolean(),
                false,
                given.path("replaceNan").asBoolean(),
                false,
                3,
                measure,
                limits("limits", measure),
                limits("criticalLimits", measure),
                new Statistic(
                        given.path("confidence").asDouble(),
                        given.path("tolerance").asDouble()));
    }

    private Limits limits(String key, EffectSize measure) {
        JsonNode pair = given.path(key);
        return pair.isMissingNode()
                ? Limits.none(measure)
                : new Limits(pair.get(0).asDouble(), pair.get(1).asDouble());
    }
}
