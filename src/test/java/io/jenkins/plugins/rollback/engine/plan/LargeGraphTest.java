package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/** Graphs that would not fit on a stack, or into a file that somebody wrote by hand. */
public class LargeGraphTest {

    @Test
    public void aChainOfTenThousandServicesGoesBackInAsManyWaves() {
        int count = 10_000;
        List<Service> services = new ArrayList<>();
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<WorksWith> promises = i == 0
                    ? List.of()
                    : List.of(
                            new WorksWith(VersionRange.parse("2"), "s" + (i - 1), VersionRange.parse("2")),
                            new WorksWith(VersionRange.parse("1"), "s" + (i - 1), VersionRange.parse("*")));
            services.add(new Service("s" + i, 3, List.of(), null, null, null, "2", "1", promises));
            if (i > 0) {
                dependencies.add(new Dependency("s" + i, "s" + (i - 1), DependencyKind.CALLS));
            }
        }
        Assessment assessment = Assessor.assess(new ServiceGraph(services, dependencies), "s0", null, null);
        assertThat(assessment.waves()).hasSize(count);
        assertThat(assessment.waves().get(0).get(0).service().name()).isEqualTo("s" + (count - 1));
        assertThat(assessment.isBlocked()).isFalse();
    }

    @Test
    public void aHundredThousandDependenciesAreReadAndAssessed() throws Exception {
        Random random = new Random(7);
        StringBuilder yaml = new StringBuilder("services:\n");
        for (int i = 0; i < 10_000; i++) {
            yaml.append("  s").append(i).append(": {deployed: '2', lastGood: '1', calls: [");
            for (int j = 0; j < 10; j++) {
                int other = random.nextInt(10_000);
                yaml.append(j == 0 ? "" : ", ").append('s').append(other == i ? (i + 1) % 10_000 : other);
            }
            yaml.append("]}\n");
        }
        Assessment assessment = Assessor.assess(ServiceGraph.parse(yaml.toString(), "s.yaml"), "s0", null, null);
        assertThat(assessment.affected()).hasSizeGreaterThan(9_000);
        assertThat(assessment.waves()).hasSize(1);
    }
}
