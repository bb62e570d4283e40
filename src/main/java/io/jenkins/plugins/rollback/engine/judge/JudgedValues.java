package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;

/** A gauge with what its tests have worked out so far. */
final class JudgedValues {

    /** The strongest correlation that is reckoned with when no history tells. */
    private static final double WITHOUT_HISTORY = 0.8;

    private static final double WITH_HISTORY = 0.9;

    /** History shorter than this teaches less than it costs. */
    private static final int SOME = 20;

    private final MetricRule rule;
    private List<ValuePair> history = List.of();
    private List<ValuePair> seen = new ArrayList<>();
    private LogRatios ratios;
    private ShiftTest upper;
    private ShiftTest lower;
    private LearnedShift learned;

    JudgedValues(MetricRule rule) {
        this.rule = rule;
    }

    MetricVerdict judge(List<ValuePair> past, List<ValuePair> looks) {
        bring(past, looks);
        if (looks.isEmpty()) {
            return Sentences.noData(rule);
        }
        return Sentences.verdict(
                rule,
                Bounds.of(rule, both(upper, Bounds.tolerated(rule)), both(lower, -Bounds.tolerated(rule))),
                shown(looks),
                "");
    }

    private void bring(List<ValuePair> past, List<ValuePair> looks) {
        List<ValuePair> all = new ArrayList<>(past);
        all.addAll(looks);
        LogRatios now = new LogRatios(all, rule.negligible());
        boolean goesOn = now.isSame(ratios);
        goesOn &= history.equals(past)
                && looks.size() >= seen.size()
                && looks.subList(0, seen.size()).equals(seen);
        if (!goesOn) {
            ratios = now;
            upper = rule.worse() == Worse.DECREASE ? null : test(Bounds.tolerated(rule), past);
            lower = rule.worse() == Worse.INCREASE ? null : test(-Bounds.tolerated(rule), past);
            learned = past.size() < EitherTest.ENOUGH ? null : learned(past);
            history = List.copyOf(past);
            seen = new ArrayList<>();
        }
        for (ValuePair pair : looks.subList(seen.size(), looks.size())) {
            if (upper != null) {
                upper.add(pair.look(), ratios.of(pair));
            }
            if (lower != null) {
                lower.add(pair.look(), ratios.of(pair));
            }
            if (learned != null) {
                learned.add(pair.look(), ratios.of(pair));
            }
            seen.add(pair);
        }
    }

    private ShiftTest test(double bound, List<ValuePair> past) {
        boolean some = past.size() >= SOME;
        ShiftTest test = new ShiftTest(bound, some ? WITH_HISTORY : WITHOUT_HISTORY);
        if (some) {
            past.forEach(pair -> test.learn(pair.look(), ratios.of(pair)));
        }
        return test;
    }

    private LearnedShift learned(List<ValuePair> past) {
        return new LearnedShift(
                past.stream().mapToLong(ValuePair::look).toArray(),
                past.stream().mapToDouble(ratios::of).toArray());
    }

    /** With history also the test that rests on it and on the number of looks. */
    private TwoSampleTest both(ShiftTest test, double bound) {
        return PlannedTest.beside(test, learned, rule.looks(), bound);
    }

    private static String shown(List<ValuePair> looks) {
        double[] canary = looks.stream().mapToDouble(ValuePair::canary).sorted().toArray();
        double[] baseline =
                looks.stream().mapToDouble(ValuePair::baseline).sorted().toArray();
        return "median " + Sentences.number(canary[canary.length / 2]) + " on the canary, "
                + Sentences.number(baseline[baseline.length / 2]) + " on the baseline";
    }
}
