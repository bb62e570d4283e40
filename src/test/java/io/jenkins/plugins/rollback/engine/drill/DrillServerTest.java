package io.jenkins.plugins.rollback.engine.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

/** The same through a real Prometheus and a real HAProxy. */
public class DrillServerTest {

    @Test
    public void aBadCanaryGoesBack() throws Exception {
        DrillReport report = DrillTest.run(Scenario.BAD_CANARY, 2, DrillOptions.PROMETHEUS, DrillOptions.HAPROXY);

        assertThat(report.asExpected()).as(report.timeline().toString()).isTrue();
    }

    @Test
    public void aHealthyCanaryStays() throws Exception {
        DrillReport report = DrillTest.run(Scenario.HEALTHY_CANARY, 2, DrillOptions.PROMETHEUS, DrillOptions.HAPROXY);

        assertThat(report.asExpected()).as(report.timeline().toString()).isTrue();
    }
}
