package io.jenkins.plugins.rollback.engine.judge.classic;

import static io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label.HIGH;
import static io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label.LOW;
import static io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label.NODATA;
import static io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label.NODATA_FAIL_METRIC;
import static io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaScore.Scored;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The cases of Kayenta's {@code ScorerSuite} (spinnaker/kayenta at a69573be, Netflix, Apache License 2.0) and ours. */
public class KayentaScoreTest {

    private static final Map<String, Double> NONE = Map.of();

    private static Scored metric(Label label, String group) {
        return scored(label, group, false);
    }

    private static Scored critical(Label label) {
        return scored(label, "g", true);
    }

    private static Scored scored(Label label, String group, boolean critical) {
        return new Scored("m", List.of(group), new Classification(label, critical, 1, null, "said"));
    }

    private static double score(Map<String, Double> weights, Scored... metrics) {
        return KayentaScore.of(List.of(metrics), weights).score();
    }

    @Test
    public void aGroupsScoreIsTheShareThatPassed() {
        assertThat(score(NONE, metric(PASS, "g"))).isEqualTo(100);
        assertThat(score(NONE, metric(HIGH, "g"))).isZero();
        assertThat(score(NONE, metric(PASS, "g"), metric(HIGH, "g"))).isEqualTo(50);
        assertThat(score(NONE, metric(PASS, "g"), metric(HIGH, "g"), metric(LOW, "g")))
                .isEqualTo(33.33);
    }

    @Test
    public void groupsCountByTheirWeight() {
        Map<String, Double> half = Map.of("a", 50.0, "b", 50.0);
        assertThat(score(Map.of("a", 75.0, "b", 25.0), metric(PASS, "a"), metric(PASS, "a"), metric(HIGH, "b")))
                .isEqualTo(75);
        assertThat(score(half, metric(PASS, "a"), metric(HIGH, "a"), metric(HIGH, "b")))
                .isEqualTo(25);
        assertThat(score(half, metric(PASS, "a"), metric(NODATA, "a"), metric(HIGH, "b")))
                .isEqualTo(50);
        assertThat(score(
                        Map.of("a", 15.0, "b", 85.0),
                        metric(HIGH, "a"),
                        metric(LOW, "a"),
                        metric(PASS, "a"),
                        metric(HIGH, "b")))
                .isEqualTo(5);
    }

    @Test
    public void groupsWithoutAWeightShareTheRest() {
        assertThat(score(Map.of("a", 60.0), metric(PASS, "a"), metric(HIGH, "b"), metric(PASS, "c")))
                .isEqualTo(80);
    }

    @Test
    public void aGroupWithoutDataDoesNotPullTheScoreDown() {
        KayentaScore score = KayentaScore.of(List.of(metric(PASS, "a"), metric(PASS, "a"), metric(NODATA, "b")), NONE);
        assertThat(score.score()).isEqualTo(100);
        assertThat(score.groups()).containsEntry("a", 100.0).containsEntry("b", Double.NaN);
    }

    @Test
    public void halfOfTheMetricsWithoutDataIsNoScore() {
        KayentaScore score = KayentaScore.of(List.of(metric(NODATA, "g")), NONE);
        assertThat(score.score()).isZero();
        assertThat(score.verdict(95, 75)).isEqualTo(Verdict.NO_DATA);
        assertThat(score(NONE, metric(PASS, "g"), metric(NODATA, "g"))).isZero();
        assertThat(score(NONE, metric(PASS, "g"), metric(NODATA_FAIL_METRIC, "g")))
                .as("where data must be there, its absence is a failed metric")
                .isEqualTo(50);
    }

    @Test
    public void aCriticalMetricVetoes() {
        KayentaScore high = KayentaScore.of(List.of(metric(PASS, "g"), critical(HIGH)), NONE);
        assertThat(high.score()).isZero();
        assertThat(high.veto()).contains("critical metric m: said");
        assertThat(high.verdict(0, 0)).isEqualTo(Verdict.FAIL);
        KayentaScore missing = KayentaScore.of(List.of(metric(PASS, "g"), critical(NODATA)), NONE);
        assertThat(missing.score()).isZero();
        assertThat(missing.verdict(95, 75)).isEqualTo(Verdict.NO_DATA);
        assertThat(KayentaScore.of(List.of(critical(NODATA), critical(HIGH)), NONE)
                        .verdict(95, 75))
                .as("what the data says outranks what is missing")
                .isEqualTo(Verdict.FAIL);
        assertThat(score(NONE, metric(LOW, "g"), critical(PASS))).isEqualTo(50);
    }

    @Test
    public void thresholdsAreInclusive() {
        KayentaScore half = KayentaScore.of(List.of(metric(PASS, "g"), metric(HIGH, "g")), NONE);
        assertThat(half.verdict(50, 25)).isEqualTo(Verdict.PASS);
        assertThat(half.verdict(51, 50)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(half.verdict(95, 51)).isEqualTo(Verdict.FAIL);
    }
}
