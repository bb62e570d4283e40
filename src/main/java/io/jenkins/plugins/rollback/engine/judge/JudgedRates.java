package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A ratio or a count with what its tests have worked out so far. */
final class JudgedRates {

    /**
     * A canary without a single bad event passes when its share is proven to be below this, even where no other
     * negligible level is given: nothing can be a given factor better than nothing.
     */
    static final double CLEAN = 0.001;

    private final MetricRule rule;
    private List<CountPair> history = List.of();
    private List<CountPair> seen = new ArrayList<>();
    private RateTest upper;
    private RateTest lower;
    private boolean enough;

    JudgedRates(MetricRule rule) {
        this.rule = rule;
    }

    MetricVerdict judge(List<CountPair> past, List<CountPair> looks) {
        bring(past, looks);
        if (looks.isEmpty()) {
            return Sentences.noData(rule);
        }
        RateTest any = upper == null ? lower : upper;
        Bounds bounds = Bounds.of(rule, both(upper, Bounds.tolerated(rule)), both(lower, -Bounds.tolerated(rule)));
        double fail = bounds.fail();
        double pass = bounds.pass();
        String note = "";
        if (rule.kind() == MetricKind.RATIO && rule.worse() == Worse.INCREASE) {
            double bad = any.canary();
            double of = Math.max(any.canaryOf(), bad);
            double level = Math.min(rule.negligible() > 0 ? rule.negligible() : bad == 0 ? CLEAN : 0, 0.999);
            if (level > 0) {
                // the mean of two e-values is one; each alone would need half of beta
                double below = ShareTest.logEvidenceBelow(bad, of, level);
                pass = Special.logSumExp(new double[] {pass, below}, 2) - Math.log(2);
                note = below > bounds.pass() ? ", which is negligible (below " + Sentences.percent(level) + ")" : "";
            }
            if (rule.negligible() > 0) {
                fail = Math.min(fail, ShareTest.logEvidenceAbove(bad, of, level));
            }
        }
        return Sentences.verdict(
                rule, new Bounds(fail, pass, bounds.low(), bounds.high(), bounds.estimate()), shown(any), note);
    }

    private void bring(List<CountPair> past, List<CountPair> looks) {
        boolean goesOn = upper != null || lower != null;
        goesOn &= history.equals(past)
                && looks.size() >= seen.size()
                && looks.subList(0, seen.size()).equals(seen);
        if (!goesOn) {
            upper = rule.worse() == Worse.DECREASE ? null : test(Bounds.tolerated(rule), past);
            lower = rule.worse() == Worse.INCREASE ? null : test(-Bounds.tolerated(rule), past);
            enough = past.size() >= EitherTest.ENOUGH;
            history = List.copyOf(past);
            seen = new ArrayList<>();
        }
        for (CountPair pair : looks.subList(seen.size(), looks.size())) {
            if (upper != null) {
                upper.add(pair);
            }
            if (lower != null) {
                lower.add(pair);
            }
            seen.add(pair);
        }
    }

    /** With history also the test that rests on it and on the number of looks. */
    private TwoSampleTest both(RateTest test, double bound) {
        return PlannedTest.beside(test, enough && test != null ? new LearnedRate(test) : null, rule.looks(), bound);
    }

    private static RateTest test(double bound, List<CountPair> past) {
        RateTest test = new RateTest(bound);
        if (!past.isEmpty()) {
            test.learn(past);
        }
        return test;
    }

    private String shown(RateTest test) {
        if (rule.kind() == MetricKind.COUNT) {
            return String.format(
                    Locale.ROOT,
                    "%s on the canary, %s on the baseline",
                    Sentences.number(test.canary()),
                    Sentences.number(test.baseline()));
        }
        return String.format(
                Locale.ROOT,
                "%s on the canary (%s of %s), %s on the baseline (%s of %s)",
                Sentences.percent(test.canary() / test.canaryOf()),
                Sentences.number(test.canary()),
                Sentences.number(test.canaryOf()),
                Sentences.percent(test.baseline() / test.baselineOf()),
                Sentences.number(test.baseline()),
                Sentences.number(test.baselineOf()));
    }
}
