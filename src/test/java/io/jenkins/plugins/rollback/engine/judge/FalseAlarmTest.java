package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

/**
 * The promise: a healthy canary is failed with a chance of at most alpha, over all looks and all metrics together.
 * Fixed seeds, tolerance 0, a canary that is exactly as good as the baseline; a gate fails when any of its metrics does
 * at any of 30 looks.
 */
public class FalseAlarmTest {

    private static final double ALPHA = 0.01;
    private static final int LOOKS = 30;

    @Test
    public void gaugesKeepAlpha() {
        for (Simulated.Noise noise : Simulated.Noise.values()) {
            check("gauges", noise, 1, 1000, Kind.GAUGE);
            check("gauges", noise, 5, 300, Kind.GAUGE);
        }
    }

    @Test
    public void ratiosKeepAlphaOnEqualTracks() {
        for (Simulated.Noise noise : Simulated.Noise.values()) {
            check("ratios, equal tracks", noise, 1, 150, Kind.EQUAL);
        }
        check("ratios, equal tracks", Simulated.Noise.BURSTS, 5, 60, Kind.EQUAL);
    }

    @Test
    public void ratiosKeepAlphaWithATenthOfTheTraffic() {
        for (Simulated.Noise noise : Simulated.Noise.values()) {
            check("ratios, a tenth on the canary", noise, 1, 150, Kind.TENTH);
        }
        check("ratios, a tenth on the canary", Simulated.Noise.AR_05, 5, 60, Kind.TENTH);
    }

    /** With history the noise is taken as known and the looks as planned; what that promises is put to the test here. */
    @Test
    public void historyIsNoReasonForFalseAlarms() {
        for (Simulated.Noise noise : Simulated.Noise.values()) {
            int alarms = 0;
            int runs = 500;
            MetricRule rule = new MetricRule("m", MetricKind.GAUGE, Worse.INCREASE, 0, 0, ALPHA, 0.05, LOOKS);
            for (int run = 0; run < runs; run++) {
                Simulated series = new Simulated(run, noise);
                List<ValuePair> past = new ArrayList<>();
                for (int look = -99; look <= 0; look++) {
                    past.add(series.values(look, 1));
                }
                MetricJudge judge = new MetricJudge(rule);
                List<ValuePair> looks = new ArrayList<>();
                Verdict verdict = null;
                for (int look = 1; look <= LOOKS && verdict != Verdict.FAIL; look++) {
                    looks.add(series.values(look, 1));
                    verdict = judge.judgeValues(past, looks).verdict();
                }
                alarms += verdict == Verdict.FAIL ? 1 : 0;
            }
            assertFew("gauges with 100 points of history, " + noise, alarms, runs);
        }
    }

    private enum Kind {
        GAUGE,
        EQUAL,
        TENTH
    }

    private static void check(String what, Simulated.Noise noise, int metrics, int runs, Kind kind) {
        int alarms = 0;
        double level = Math.log(metrics / ALPHA);
        for (int run = 0; run < runs; run++) {
            boolean alarm = false;
            for (int metric = 0; metric < metrics && !alarm; metric++) {
                alarm = alarm(new Simulated(run * 31L + metric, noise), kind, level);
            }
            alarms += alarm ? 1 : 0;
        }
        assertFew(what + ", " + noise + ", " + metrics + " metrics", alarms, runs);
    }

    /** At most what binomial luck allows at alpha: the mean and three standard deviations. */
    private static void assertFew(String what, int alarms, int runs) {
        double mean = runs * ALPHA;
        String row = String.format(Locale.ROOT, "%s: %d of %d", what, alarms, runs);
        System.out.println("false alarms: " + row);
        assertThat((double) alarms).as(row).isLessThanOrEqualTo(mean + 3 * Math.sqrt(mean));
    }

    private static boolean alarm(Simulated series, Kind kind, double level) {
        TwoSampleTest test;
        ShiftTest shift = new ShiftTest(0, 0.8);
        RateTest rate = new RateTest(0);
        test = kind == Kind.GAUGE ? shift : rate;
        for (int look = 1; look <= LOOKS; look++) {
            if (kind == Kind.GAUGE) {
                ValuePair pair = series.values(look, 1);
                shift.add(look, Math.log(pair.canary() / pair.baseline()));
            } else {
                boolean equal = kind == Kind.EQUAL;
                rate.add(series.counts(look, equal ? 1000 : 200, equal ? 1000 : 1800, 0.05, 1));
            }
            if (test.logEvidenceAbove() >= level) {
                return true;
            }
        }
        return false;
    }
}
