package io.jenkins.plugins.rollback.engine.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * One metric watched look after look by the very tests that {@link MetricJudge} puts together, without its sentences and
 * intervals, which cost more than the tests and do not matter here.
 */
final class Watched {

    private final Series series;
    private final boolean counts;
    private final double bound;
    private final RateTest rates;
    private final ShiftTest shift;
    private final LearnedShift learned;
    private final LogRatios ratios;
    private final Standardised difference;

    /** Reads the history; the looks come one by one with {@link #look}. */
    Watched(Series series, Series.Noise noise, int history, double tolerance) {
        this.series = series;
        counts = noise.counts;
        bound = Math.log1p(tolerance);
        List<CountPair> past = new ArrayList<>();
        List<ValuePair> pastValues = new ArrayList<>();
        for (int look = 1 - history; look <= 0; look++) {
            if (counts) {
                past.add(series.counts(look, 1));
            } else {
                pastValues.add(series.values(look, 1));
            }
        }
        if (counts) {
            ratios = null;
            shift = null;
            learned = null;
            rates = new RateTest(bound);
            if (history > 0) {
                rates.learn(past);
            }
            difference = history >= EitherTest.ENOUGH ? new LearnedRate(rates) : null;
        } else {
            // the series of this noise touch zero from the start; the unit is that of the first values
            if (pastValues.isEmpty()) {
                pastValues = List.of(new ValuePair(0, 1, noise == Series.Noise.ZEROS ? 0 : 1));
            }
            ratios = new LogRatios(pastValues, 0);
            rates = null;
            shift = new ShiftTest(bound, history > 0 ? 0.9 : 0.8);
            if (history > 0) {
                pastValues.forEach(pair -> shift.learn(pair.look(), ratios.of(pair)));
                learned = new LearnedShift(
                        pastValues.stream().mapToLong(ValuePair::look).toArray(),
                        pastValues.stream().mapToDouble(ratios::of).toArray());
            } else {
                learned = null;
            }
            difference = learned;
        }
    }

    /** Takes a look and returns what it was, as values (a count over its exposure). */
    ValuePair look(int look, double factor) {
        if (counts) {
            CountPair pair = series.counts(look, factor);
            rates.add(pair);
            return new ValuePair(look, pair.canary() / pair.canaryOf(), pair.baseline() / pair.baselineOf());
        }
        ValuePair pair = series.values(look, factor);
        double ratio = ratios.of(pair);
        shift.add(look, ratio);
        if (learned != null) {
            learned.add(look, ratio);
        }
        return pair;
    }

    /** ln evidence that needs no plan. */
    double anytime() {
        return counts ? rates.logEvidenceAbove() : shift.logEvidenceAbove();
    }

    /** The standardised difference, NaN without history. */
    double standardised() {
        return difference == null ? Double.NaN : difference.above(bound);
    }

    /** Looks that {@link #standardised} rests on. */
    int usable() {
        return difference == null ? 0 : difference.looks();
    }

    /** ln evidence as the judge puts it together for a gate of so many looks. */
    static double together(double anytime, double standardised, int usable, int planned) {
        if (Double.isNaN(standardised)) {
            return anytime;
        }
        return EitherTest.logEvidence(PlannedBoundary.of(planned).logEvidence(usable, standardised), anytime);
    }
}
