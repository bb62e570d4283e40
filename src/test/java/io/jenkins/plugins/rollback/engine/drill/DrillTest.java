package io.jenkins.plugins.rollback.engine.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** Whole drills with built-in systems. */
public class DrillTest {

    static DrillReport run(Scenario scenario, long seed, String... with) throws Exception {
        Set<String> before = leftOvers();
        List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
        List<Double> shares = new ArrayList<>();
        DrillReport report =
                Drill.run(new DrillOptions(scenario, seed, new TreeSet<>(Set.of(with))), new DrillListener() {
                    @Override
                    public void progress(Phase phase, double share, String what) {
                        shares.add(share);
                    }
                });
        assertThat(shares).isSorted().endsWith(1.0);
        assertThat(report.ledger().ok()).isTrue();
        assertThat(report.ledger().checkpoint()).startsWith("drill.invalid/release-rollback/" + seed + "\n");
        // half a minute where there is a machine for it; a bound on what a busy one may make of that
        assertThat(report.seconds()).isLessThan(180);
        assertThat(leftOvers()).as("folders left behind").isSubsetOf(before);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("processes left behind")
                .isSubsetOf(running);
        return report;
    }

    /** Of this process: another drill may run on the machine. */
    private static Set<String> leftOvers() throws Exception {
        String own = "rollback-drill-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return list.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(own))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    public void aBadCanaryGoesBack() throws Exception {
        DrillReport report = run(Scenario.BAD_CANARY, 1);

        assertThat(report.gate().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.gate().look()).isPositive();
        assertThat(report.rollback()).isEqualTo(DrillReport.RollbackOutcome.DONE);
        assertThat(report.verification()).isEqualTo(Verdict.PASS);
        assertThat(report.asExpected()).isTrue();
        assertThat(report.timeline())
                .extracting(TimelineItem::phase)
                .containsSubsequence(
                        Phase.PREPARE,
                        Phase.RETAIN,
                        Phase.DEPLOY,
                        Phase.GATE,
                        Phase.RETAIN,
                        Phase.DEPLOY,
                        Phase.GATE,
                        Phase.ISOLATE,
                        Phase.RESTORE,
                        Phase.REVERT,
                        Phase.VERIFY,
                        Phase.RECORD);
        assertThat(report.samples()).extracting(DrillReport.Sample::track).contains("baseline", "canary");
        assertThat(report.looks()).filteredOn(DrillReport.Look::decided).hasSize(3);
        // a page of a real drill: nothing of it is fetched from anywhere
        assertThat(ReportHtml.of(report))
                .contains("FAIL", "PASS", "class=\"canary\"")
                .doesNotContain("{{", "src=", "href=", "@import", "url(");
    }

    @Test
    public void aHealthyCanaryStays() throws Exception {
        DrillReport report = run(Scenario.HEALTHY_CANARY, 1);

        assertThat(report.gate().verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.rollback()).isEqualTo(DrillReport.RollbackOutcome.NONE);
        assertThat(report.verification()).isNull();
        assertThat(report.asExpected()).isTrue();
        assertThat(report.timeline()).extracting(TimelineItem::phase).doesNotContain(Phase.ISOLATE, Phase.REVERT);
    }
}
