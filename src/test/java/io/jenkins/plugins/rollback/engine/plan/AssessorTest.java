package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.plan.FeasibilityItem.Level;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Test;

public class AssessorTest {

    private static final Artifacts ALL_THERE =
            release -> new FeasibilityItem("artifact " + release, Level.OK, "is there");

    private static Assessment assess(String yaml, String service, String to) throws Exception {
        return Assessor.assess(ServiceGraph.parse(yaml, "services.yaml"), service, to, ALL_THERE);
    }

    private static String waves(Assessment assessment) {
        return assessment.waves().stream()
                .map(wave -> wave.stream().map(move -> move.service().name()).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    private static FeasibilityItem item(Assessment assessment, String name) {
        return assessment.feasibility().stream()
                .filter(item -> item.item().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + assessment.feasibility()));
    }

    /** web calls shop, shop calls stock and pay; shop 2 needs stock 2, and stock 2 still serves shop 1. */
    private static final String SHOP =
            """
            services:
              web: {deployed: "7", lastGood: "6", calls: [shop], tier: 1, worksWith: {shop: "*"}}
              shop:
                deployed: "2"
                lastGood: "1"
                recoveryTimeObjective: 10m
                rollbackTime: 2m
                schema: reversible
                calls: [stock, pay]
                worksWith: {stock: {"2.*": ">=2", "1.*": "*"}, pay: "*"}
              stock: {deployed: "2", lastGood: "1", rollbackTime: 3m, schema: reversible}
              pay: {deployed: "5", lastGood: "4", calls: [audit]}
              audit: {deployed: "1"}
              far: {deployed: "1", consumesFrom: [web]}
              alone: {deployed: "1", lastGood: "0"}
            """;

    @Test
    public void whoeverWorksWithTheOldOneStays() throws Exception {
        Assessment assessment = assess(SHOP, "shop", null);
        assertThat(waves(assessment)).isEqualTo("shop");
        assertThat(assessment.waves().get(0).get(0)).hasToString("shop 2 -> 1");
        assertThat(assessment.affected().keySet()).containsExactly("web", "far");
        assertThat(assessment.affected().get("far")).hasToString("far consumes from web");
        assertThat(assessment.isBlocked()).isFalse();
        assertThat(item(assessment, "contract shop calls stock").level()).isEqualTo(Level.OK);
        assertThat(item(assessment, "blast radius")).satisfies(item -> {
            assertThat(item.level()).isEqualTo(Level.RISK);
            assertThat(item.evidence()).isEqualTo("1 go back, 2 more may notice, 1 of them of tier 1");
        });
        assertThat(item(assessment, "time").evidence()).isEqualTo("about 2m of an objective of 10m");
    }

    @Test
    public void aConsumerThatNeedsTheNewOneGoesBackFirst() throws Exception {
        Assessment assessment = assess(SHOP, "stock", null);
        assertThat(waves(assessment)).isEqualTo("shop | stock");
        assertThat(assessment.waves().get(0).get(0).because())
                .isEqualTo("shop calls stock; shop 2 does not work with stock 1");
        assertThat(assessment.affected().keySet()).containsExactly("web", "far");
        assertThat(item(assessment, "time").evidence()).isEqualTo("about 5m of an objective of 10m");
        assertThat(assessment.isBlocked()).isFalse();
    }

    @Test
    public void aProviderGoesFirstWhereTheOldConsumerNeedsTheOldProvider() throws Exception {
        Assessment assessment = assess(
                """
                services:
                  a: {deployed: "2", lastGood: "1", calls: [b], worksWith: {b: {"2": "*", "1": "1"}}}
                  b: {deployed: "2", lastGood: "1"}
                """,
                "a",
                null);
        assertThat(waves(assessment)).isEqualTo("b | a");
    }

    @Test
    public void thoseThatBreakEachOtherEitherWayGoAtOnce() throws Exception {
        Assessment assessment = assess(
                """
                services:
                  a: {deployed: "2", lastGood: "1", calls: [b], worksWith: {b: {"2": "2", "1": "1"}}}
                  b: {deployed: "2", lastGood: "1", calls: [c], worksWith: {c: {"2": "*", "1": "1"}}}
                  c: {deployed: "2", lastGood: "1"}
                """,
                "b",
                null);
        assertThat(waves(assessment)).isEqualTo("c | a b");
        assertThat(item(assessment, "order").evidence()).startsWith("a, b break each other whichever goes first");
        assertThat(assessment.isBlocked()).isFalse();
    }

    @Test
    public void aContractThatCannotBeKeptBlocks() throws Exception {
        Assessment assessment = assess(
                """
                services:
                  a: {deployed: "2", lastGood: "1", calls: [b], worksWith: {b: ">=2"}}
                  b: {deployed: "2", lastGood: "1"}
                """,
                "b",
                null);
        assertThat(assessment.isBlocked()).isTrue();
        assertThat(item(assessment, "contract a calls b").evidence())
                .isEqualTo("a 1 and b 1 do not work with each other");
    }

    @Test
    public void whatNobodySaysIsARiskAndNoPromise() throws Exception {
        Assessment assessment = Assessor.assess(
                ServiceGraph.parse(
                        """
                        services:
                          a: {calls: [b]}
                          b: {lastGood: "1", sharesSchemaWith: [c]}
                          c: {}
                        """,
                        "s.yaml"),
                "b",
                null,
                null);
        assertThat(assessment.isBlocked()).isFalse();
        assertThat(item(assessment, "target b").level()).isEqualTo(Level.RISK);
        assertThat(item(assessment, "artifact b/1").evidence()).contains("no vault was given");
        assertThat(item(assessment, "contract a calls b").level()).isEqualTo(Level.RISK);
        assertThat(item(assessment, "schema b").level()).isEqualTo(Level.RISK);
        assertThat(assessment.affected().keySet()).containsExactly("a", "c");
    }

    @Test
    public void whatCannotGoBackIsBlocked() throws Exception {
        assertThat(item(assess(SHOP, "audit", null), "target audit").level()).isEqualTo(Level.BLOCKER);
        assertThat(item(assess(SHOP, "shop", "2"), "target shop").evidence()).isEqualTo("2 is what runs now");
        Assessment stuck = assess("services: {db: {deployed: '2', lastGood: '1', schema: irreversible}}", "db", null);
        assertThat(item(stuck, "schema db").level()).isEqualTo(Level.BLOCKER);
        assertThatThrownBy(() -> assess(SHOP, "nobody", null)).hasMessageContaining("no service 'nobody'");
    }

    @Test
    public void aCircleIsNamedWithTheEdgeThatClosesIt() throws Exception {
        Assessment assessment = assess(
                """
                services:
                  a: {deployed: "2", lastGood: "1", calls: [b]}
                  b: {deployed: "2", consumesFrom: [c]}
                  c: {deployed: "2", calls: [a]}
                  d: {calls: [e]}
                  e: {calls: [d]}
                """,
                "a",
                null);
        assertThat(item(assessment, "circle").evidence())
                .isEqualTo("a calls b, b consumes from c, c calls a, which closes it");
        assertThat(assessment.feasibility())
                .filteredOn(one -> one.item().equals("circle"))
                .hasSize(1);
        assertThat(assessment.affected().keySet()).containsExactly("c", "b");
    }

    @Test
    public void reportsSayTheSameInAllForms() throws Exception {
        AssessmentReport report = new AssessmentReport(assess(SHOP, "stock", null));
        assertThat(report.json().path("waves").toString()).isEqualTo("[[\"shop\"],[\"stock\"]]");
        assertThat(report.json().path("affected").toString()).isEqualTo("[\"web\",\"far\"]");
        assertThat(report.json().path("feasibility").get(0).path("level").asText())
                .isEqualTo("ok");
        assertThat(report.lines())
                .startsWith("wave 1: shop 2 -> 1", "wave 2: stock 2 -> 1")
                .last()
                .isEqualTo("going back is possible, with risks");
        String hostile = "services: {a: {deployed: '2', lastGood: '1', owners: [x], calls: [b]}, b: {}}";
        Assessment odd = Assessor.assess(
                ServiceGraph.parse(hostile, "s.yaml"),
                "a",
                null,
                release -> new FeasibilityItem("artifact", Level.OK, "<script>alert(1)</script>"));
        assertThat(new AssessmentReport(odd).html()).contains("&lt;script&gt;").doesNotContain("<script");
        assertThat(List.of(report.html().split("\n"))).anyMatch(line -> line.contains("shop 2 -&gt; 1"));
    }
}
