package io.jenkins.plugins.rollback.engine.judge.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.judge.Normal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/** Kayenta's {@code MannWhitneySuite}, which ties out with R's {@code wilcox.test}: see {@link KayentaSuites}. */
public class MannWhitneyTest {

    @Test
    public void intervalsAndEstimatesAreThoseOfTheSuite() throws IOException {
        List<Object[]> cases = KayentaSuites.cases("tests");
        assertThat(cases).hasSize(4);
        for (Object[] one : cases) {
            JsonNode given = (JsonNode) one[1];
            MannWhitney found = MannWhitney.test(
                    KayentaSuites.numbers(given.path("canary")),
                    KayentaSuites.numbers(given.path("baseline")),
                    given.path("confidence").asDouble());
            assertClose((String) one[0], found.low(), given.path("low"));
            assertClose((String) one[0], found.high(), given.path("high"));
            assertClose((String) one[0], found.estimate(), given.path("estimate"));
        }
    }

    /** @param expected the number and how far off it may be */
    private static void assertClose(String what, double found, JsonNode expected) {
        assertThat(found)
                .as(what)
                .isCloseTo(expected.get(0).asDouble(), within(expected.get(1).asDouble()));
    }

    @Test
    public void theStatisticAtGivenShiftsIsThatOfTheSuite() throws IOException {
        JsonNode given = KayentaSuites.read().path("statistic");
        for (JsonNode at : given.path("at")) {
            assertThat(MannWhitney.standardised(
                            at.get(0).asDouble(),
                            KayentaSuites.numbers(given.path("canary")),
                            KayentaSuites.numbers(given.path("baseline"))))
                    .isCloseTo(at.get(1).asDouble(), within(1e-5));
        }
    }

    @Test
    public void everyIntermediateNumberIsThatOfTheSuite() throws IOException {
        JsonNode given = KayentaSuites.read().path("intermediate");
        double[] x = KayentaSuites.numbers(given.path("canary"));
        double[] y = KayentaSuites.numbers(given.path("baseline"));
        double least =
                Arrays.stream(x).min().orElseThrow() - Arrays.stream(y).max().orElseThrow();
        double most =
                Arrays.stream(x).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
        double z = Normal.above(0.025);
        Object[][] numbers = {
            {"least", least},
            {"most", most},
            {"z", z},
            {"atLeastLessZ", MannWhitney.standardised(least, x, y) - z},
            {"atMostLessZ", MannWhitney.standardised(most, x, y) - z},
            {"atLeastPlusZ", MannWhitney.standardised(least, x, y) + z},
            {"atMostPlusZ", MannWhitney.standardised(most, x, y) + z},
            {"low", MannWhitney.test(x, y, 0.95).low()},
            {"high", MannWhitney.test(x, y, 0.95).high()},
            {"estimate", MannWhitney.test(x, y, 0.95).estimate()},
        };
        for (Object[] number : numbers) {
            String name = (String) number[0];
            assertThat((double) number[1]).as(name).isCloseTo(given.path(name).asDouble(), within(1e-6));
        }
    }

    @Test
    public void quantilesOfTheNormalDistributionAreThoseOfTheSuiteAndOfTables() {
        assertThat(Normal.above(0.02 / 2)).isCloseTo(2.326348, within(1e-6));
        assertThat(Normal.above(0.5)).isCloseTo(0, within(1e-12));
        assertThat(Normal.above(0.025)).isCloseTo(1.9599639845400545, within(1e-11));
        assertThat(Normal.above(1e-6)).isCloseTo(4.753424308822899, within(1e-9));
    }

    @Test
    public void valuesThatAreAllEqualHaveNoTest() {
        assertThatThrownBy(() -> MannWhitney.test(new double[] {2, 2}, new double[] {2, 2, 2}, 0.98))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
