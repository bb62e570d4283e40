package io.jenkins.plugins.rollback.engine.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

public class ReportTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

    private static DrillReport report(Verdict gate, Verdict verification, DrillReport.RollbackOutcome rollback) {
        return new DrillReport(
                new DrillOptions(Scenario.BAD_CANARY, 7),
                BEGIN,
                30.5,
                new DrillReport.GateResult(gate, "errors <script>alert('x')</script> & \"more\"", 5),
                rollback,
                verification,
                new DrillReport.LedgerResult(true, 43, "drill.invalid/release-rollback/7\n43\nroot=\n"),
                List.of(new TimelineItem(BEGIN.plusSeconds(3), 3, Phase.GATE, "a <b> happened")),
                List.of(
                        new DrillReport.Look("version 1", 2, 1, Verdict.INCONCLUSIVE, false, List.of()),
                        new DrillReport.Look("version 1", 3, 2, Verdict.FAIL, true, List.of())),
                List.of(
                        new DrillReport.Sample("canary", 2, 0.25, 80),
                        new DrillReport.Sample("canary", 2.5, 0.5, 90),
                        new DrillReport.Sample("canary", 9, 0.1, 20)));
    }

    @Test
    public void jsonHasTheShapeThatOthersRead() {
        ObjectNode json = ReportJson.of(report(Verdict.FAIL, Verdict.PASS, DrillReport.RollbackOutcome.DONE));

        assertThat(json.path("scenario").asText()).isEqualTo("bad-canary");
        assertThat(json.path("seed").asLong()).isEqualTo(7);
        assertThat(json.path("seconds").asDouble()).isEqualTo(30.5);
        assertThat(json.at("/gate/verdict").asText()).isEqualTo("FAIL");
        assertThat(json.at("/gate/look").asInt()).isEqualTo(5);
        assertThat(json.at("/rollback/outcome").asText()).isEqualTo("DONE");
        assertThat(json.at("/verification/verdict").asText()).isEqualTo("PASS");
        assertThat(json.at("/ledger/ok").asBoolean()).isTrue();
        assertThat(json.at("/ledger/entries").asLong()).isEqualTo(43);
        assertThat(json.at("/timeline/0/at").asText()).isEqualTo("2026-11-22T08:00:03Z");
        assertThat(json.at("/timeline/0/phase").asText()).isEqualTo("gate");
        ObjectNode none = ReportJson.of(report(Verdict.PASS, null, DrillReport.RollbackOutcome.NONE));
        assertThat(none.at("/verification/verdict").isNull()).isTrue();
    }

    @Test
    public void textCannotBecomeMarkup() throws Exception {
        String page = ReportHtml.of(report(Verdict.FAIL, Verdict.PASS, DrillReport.RollbackOutcome.DONE));

        assertThat(page)
                .doesNotContain("<script", "a <b> happened", "{{")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;")
                .contains("a &lt;b&gt; happened");
    }

    @Test
    public void theChartJoinsOnlySamplesThatAreNear() throws Exception {
        DrillReport report = report(Verdict.FAIL, Verdict.PASS, DrillReport.RollbackOutcome.DONE);
        String svg = new Chart(report, "%", sample -> sample.errors() * 100).draw("errors");

        assertThat(svg).containsPattern("<path class=\"canary\" d=\"M[0-9. ]+ L[0-9. ]+ M[0-9. ]+\"/>");
        assertThat(svg)
                .contains("class=\"verdict fail\"", "look 2 at 3.0 s: FAIL")
                .doesNotContain("NaN");
        assertThat(Chart.niceAbove(61)).isEqualTo(80);
        assertThat(Chart.niceAbove(0.3)).isEqualTo(0.4);
        assertThat(Chart.niceAbove(0)).isEqualTo(1);
    }

    @Test
    public void onlyWhatTheScenarioDemandsIsAsExpected() {
        assertThat(report(Verdict.FAIL, Verdict.PASS, DrillReport.RollbackOutcome.DONE)
                        .asExpected())
                .isTrue();
        assertThat(report(Verdict.PASS, null, DrillReport.RollbackOutcome.NONE).asExpected())
                .isFalse();
        assertThat(report(Verdict.FAIL, Verdict.FAIL, DrillReport.RollbackOutcome.FAILED)
                        .asExpected())
                .isFalse();
        assertThat(report(Verdict.FAIL, Verdict.INCONCLUSIVE, DrillReport.RollbackOutcome.DONE)
                        .asExpected())
                .isFalse();
    }

    @Test
    public void unknownSystemsAreSaid() {
        assertThatThrownBy(() -> new DrillOptions(Scenario.BAD_CANARY, 1, new TreeSet<>(Set.of("nginx"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a drill cannot go through 'nginx'; known systems: haproxy, prometheus");
    }
}
