package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

/** What the judge catches and how soon; fixed seeds. Published in docs/explanation/judge.md. */
public class PowerTest {

    /** Looks until the verdict of each run, ascending; runs without it count as never. */
    private static int[] looksUntil(Verdict verdict, int runs, int looks, MetricRule rule, int history, Setup setup) {
        int[] at = new int[runs];
        for (int run = 0; run < runs; run++) {
            at[run] = Integer.MAX_VALUE;
            Simulated series = new Simulated(run, setup.noise);
            MetricJudge judge = new MetricJudge(rule);
            List<CountPair> pastCounts = new ArrayList<>();
            List<ValuePair> pastValues = new ArrayList<>();
            List<CountPair> counts = new ArrayList<>();
            List<ValuePair> values = new ArrayList<>();
            for (int look = 1 - history; look <= looks; look++) {
                double factor = look > 0 ? setup.factor : 1;
                MetricVerdict now = null;
                if (rule.kind() == MetricKind.GAUGE) {
                    (look > 0 ? values : pastValues).add(series.values(look, factor));
                    now = look > 0 ? judge.judgeValues(pastValues, values) : null;
                } else {
                    (look > 0 ? counts : pastCounts)
                            .add(series.counts(look, setup.canaryOf, setup.baselineOf, setup.share, factor));
                    now = look > 0 ? judge.judgeRates(pastCounts, counts) : null;
                }
                if (now != null && now.verdict() == verdict) {
                    at[run] = look;
                    break;
                }
            }
        }
        Arrays.sort(at);
        return at;
    }

    private record Setup(Simulated.Noise noise, double canaryOf, double baselineOf, double share, double factor) {}

    private static MetricRule rule(MetricKind kind, double tolerance, double negligible, double alpha) {
        return rule(kind, tolerance, negligible, alpha, 30);
    }

    private static MetricRule rule(MetricKind kind, double tolerance, double negligible, double alpha, int looks) {
        return new MetricRule("m", kind, Worse.INCREASE, tolerance, negligible, alpha, 0.05, looks);
    }

    private static void check(String what, int[] at, double share, int median) {
        long caught = Arrays.stream(at).filter(look -> look < Integer.MAX_VALUE).count();
        String row = String.format(
                Locale.ROOT,
                "%s: %d of %d, median look %s",
                what,
                caught,
                at.length,
                at[at.length / 2] == Integer.MAX_VALUE ? "-" : String.valueOf(at[at.length / 2]));
        System.out.println("power: " + row);
        assertThat(caught).as(row).isGreaterThanOrEqualTo((long) Math.floor(share * at.length));
        assertThat(at[at.length / 2]).as(row).isLessThanOrEqualTo(median);
    }

    @Test
    public void errorsOfABadReleaseAreSeenWithinSecondsOnATenthOfTheTraffic() {
        // 200 requests a second, 20 of them on the canary, two critical metrics
        for (double share : new double[] {0.10, 0.15, 0.20}) {
            Setup setup = new Setup(Simulated.Noise.IID, 20, 180, 0.01, share / 0.01);
            check(
                    "errors 1 % -> " + Math.round(share * 100) + " %, tolerance 0.5",
                    looksUntil(Verdict.FAIL, 15, 30, rule(MetricKind.RATIO, 0.5, 0, 0.005), 0, setup),
                    0.9,
                    15);
        }
    }

    @Test
    public void aHealthyReleasePassesAndNeverFails() {
        Setup healthy = new Setup(Simulated.Noise.IID, 20, 180, 0.01, 1);
        MetricRule negligible = rule(MetricKind.RATIO, 0.5, 0.05, 0.005);
        check(
                "errors 1 %, negligible below 5 %: PASS",
                looksUntil(Verdict.PASS, 15, 30, negligible, 0, healthy), 0.9, 15);
        int[] failed = looksUntil(Verdict.FAIL, 15, 30, negligible, 0, healthy);
        assertThat(failed[0]).isEqualTo(Integer.MAX_VALUE);
        Setup gauge = new Setup(Simulated.Noise.IID, 0, 0, 0, 1);
        check(
                "gauge, tolerance 0.5: PASS",
                looksUntil(Verdict.PASS, 40, 30, rule(MetricKind.GAUGE, 0.5, 0, 0.005), 0, gauge),
                0.8,
                25);
    }

    @Test
    public void ratesAreCaughtWithHistory() {
        MetricRule rule = rule(MetricKind.COUNT, 0, 0, 0.01, 60);
        check(
                "50/min +25 %, 300 points of history",
                looksUntil(Verdict.FAIL, 40, 60, rule, 300, new Setup(Simulated.Noise.IID, 1, 1, 50, 1.25)), 0.97, 13);
        check(
                "5/min doubled, 300 points of history",
                looksUntil(Verdict.FAIL, 40, 60, rule, 300, new Setup(Simulated.Noise.IID, 1, 1, 5, 2)),
                0.97,
                12);
    }

    @Test
    public void gaugesAreCaughtSoonWithHistory() {
        MetricRule rule = rule(MetricKind.GAUGE, 0, 0, 0.01);
        check(
                "gauge doubled, no history",
                looksUntil(Verdict.FAIL, 40, 30, rule, 0, new Setup(Simulated.Noise.IID, 0, 0, 0, 2)),
                0.7,
                26);
        check(
                "gauge doubled, 300 points of history",
                looksUntil(Verdict.FAIL, 40, 30, rule, 300, new Setup(Simulated.Noise.IID, 0, 0, 0, 2)),
                1,
                5);
        check(
                "gauge doubled, correlation 0.5, 300 points of history",
                looksUntil(Verdict.FAIL, 40, 30, rule, 300, new Setup(Simulated.Noise.AR_05, 0, 0, 0, 2)),
                0.95,
                11);
        check(
                "gauge +50 %, correlation 0.5, 300 points of history",
                looksUntil(Verdict.FAIL, 100, 30, rule, 300, new Setup(Simulated.Noise.AR_05, 0, 0, 0, 1.5)), 0.88, 21);
        check(
                "gauge +20 %, 300 points of history",
                looksUntil(Verdict.FAIL, 100, 30, rule, 300, new Setup(Simulated.Noise.IID, 0, 0, 0, 1.2)), 0.65, 28);
    }
}
