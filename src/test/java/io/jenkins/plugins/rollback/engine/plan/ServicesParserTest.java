package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class ServicesParserTest {

    @Test
    public void readsEverythingThatIsSaid() throws Exception {
        ServiceGraph graph = ServiceGraph.parse(
                """
                services:
                  checkout:
                    tier: 1
                    owners: [shop, sre]
                    recoveryTimeObjective: 15m
                    rollbackTime: 90s
                    schema: reversible
                    deployed: 2.4.0
                    lastGood: 2.3.9
                    calls: [payments]
                    consumesFrom: orders
                    sharesSchemaWith: [billing]
                    worksWith:
                      payments: {">=2.4": ">=5", "<2.4": ">=4 <6"}
                      orders: "*"
                  payments: {}
                  orders: {tier: 2}
                  billing: {sharesSchemaWith: [checkout]}
                """,
                "services.yaml");
        Service checkout = graph.service("checkout");
        assertThat(checkout.tier()).isEqualTo(1);
        assertThat(checkout.owners()).containsExactly("shop", "sre");
        assertThat(checkout.objective()).isEqualTo(Duration.ofMinutes(15));
        assertThat(checkout.rollbackTime()).isEqualTo(Duration.ofSeconds(90));
        assertThat(checkout.schema()).isEqualTo(Service.Schema.REVERSIBLE);
        assertThat(checkout.deployed()).isEqualTo("2.4.0");
        assertThat(checkout.lastGood()).isEqualTo("2.3.9");
        assertThat(checkout.worksWith()).hasSize(3);
        assertThat(graph.service("payments").tier()).isEqualTo(3);
        assertThat(graph.dependencies())
                .extracting(Dependency::toString)
                .containsExactlyInAnyOrder(
                        "checkout calls payments",
                        "checkout consumes from orders",
                        "billing shares a schema with checkout");
    }

    @Test
    public void allProblemsAreNamedAtOnceWithTheirPlaces() {
        assertThat(
                        problems(
                                """
                        services:
                          checkout:
                            tier: 9
                            calls: [paymnts, checkout]
                            recoveryTimeObjective: soon
                            schema: maybe
                            deployed: "../x"
                            colour: red
                            worksWith: {payments: "~5", nobody: "*"}
                          payments: {}
                          "a b": {}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("line 3, column 11", "tier", "from 1 to 5"),
                        problem -> assertThat(problem).contains("line 4, column 13", "no service 'paymnts'"),
                        problem -> assertThat(problem).contains("line 4, column 22", "is the service itself"),
                        problem -> assertThat(problem).contains("line 5", "recoveryTimeObjective", "such as 30s"),
                        problem -> assertThat(problem)
                                .contains("line 6", "schema must be one of reversible, irreversible"),
                        problem -> assertThat(problem).contains("line 7", "deployed", "not a valid name"),
                        problem -> assertThat(problem).contains("line 8, column 5", "unknown key 'colour'"),
                        problem -> assertThat(problem).contains("line 9", "'~5' is no range of versions"),
                        problem -> assertThat(problem).contains("line 9", "no service 'nobody'"),
                        problem -> assertThat(problem).contains("line 11", "service 'a b'", "not a valid name"));
        assertThat(problems("")).singleElement().asString().contains("the file is empty");
        assertThat(problems("services: {}")).singleElement().asString().contains("services is empty");
        assertThat(problems("service: {}")).singleElement().asString().contains("unknown key 'service'");
        assertThat(problems("services: {a: &x {}, b: *x}"))
                .singleElement()
                .asString()
                .contains("aliases");
        assertThat(problems("services: [a")).singleElement().asString().contains("no YAML");
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ServicesException.class, () -> ServiceGraph.parse(yaml, "s.yaml"))
                .problems();
    }
}
