package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Collection;

/**
 * The measurements of one metric, counted until a limit is passed.
 *
 * @param successes that were counted
 * @param failures that were counted
 * @param inconclusive that were counted
 * @param errors in all, which are no measurements
 * @param verdict FAIL, INCONCLUSIVE or ERROR when a limit was passed, else {@code null}
 */
public record ThresholdTally(int successes, int failures, int inconclusive, int errors, Verdict verdict) {

    /** Counts measurements in their order. */
    public static ThresholdTally of(ThresholdRule rule, Collection<Double> values) {
        int[] counts = new int[Measured.values().length];
        int errorsInARow = 0;
        for (double value : values) {
            Measured measured = rule.measure(value);
            counts[measured.ordinal()]++;
            errorsInARow = measured == Measured.ERROR ? errorsInARow + 1 : 0;
            Verdict verdict = verdict(rule, counts, errorsInARow);
            if (verdict != null || rule.count() > 0 && measurements(counts) >= rule.count()) {
                return tally(counts, verdict);
            }
        }
        return tally(counts, null);
    }

    private static Verdict verdict(ThresholdRule rule, int[] counts, int errorsInARow) {
        if (rule.failureLimit() >= 0 && counts[Measured.FAILURE.ordinal()] > rule.failureLimit()) {
            return Verdict.FAIL;
        }
        if (counts[Measured.INCONCLUSIVE.ordinal()] > rule.inconclusiveLimit()) {
            return Verdict.INCONCLUSIVE;
        }
        return errorsInARow > rule.consecutiveErrorLimit() ? Verdict.ERROR : null;
    }

    private static int measurements(int[] counts) {
        return counts[Measured.SUCCESS.ordinal()]
                + counts[Measured.FAILURE.ordinal()]
                + counts[Measured.INCONCLUSIVE.ordinal()];
    }

    private static ThresholdTally tally(int[] counts, Verdict verdict) {
        return new ThresholdTally(
                counts[Measured.SUCCESS.ordinal()],
                counts[Measured.FAILURE.ordinal()],
                counts[Measured.INCONCLUSIVE.ordinal()],
                counts[Measured.ERROR.ordinal()],
                verdict);
    }

    /** How many numbers there were. */
    public int measurements() {
        return successes + failures + inconclusive;
    }
}
