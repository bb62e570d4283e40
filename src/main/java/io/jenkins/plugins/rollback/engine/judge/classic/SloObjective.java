package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service level objective after Keptn's SLO files. The lists are alternatives, and all criteria of one alternative must
 * hold.
 *
 * @param pass what earns the whole weight; empty for an indicator that is only shown
 * @param warning what earns half of it; may be empty
 * @param weight share in the score, above 0
 * @param key whether missing it fails everything
 * @param aggregate one number out of all looks
 */
public record SloObjective(
        List<List<SloCriterion>> pass,
        List<List<SloCriterion>> warning,
        double weight,
        boolean key,
        Aggregate aggregate) {

    /** How far an objective is met. */
    public enum Level {
        /** The whole weight. */
        PASS(1),
        /** Half of it. */
        WARNING(0.5),
        /** Nothing of it. */
        FAIL(0),
        /** There was no number: nothing of it. */
        NO_DATA(0),
        /** It has no criteria and no weight. */
        SHOWN(0);

        private final double share;

        Level(double share) {
            this.share = share;
        }

        double share() {
            return share;
        }
    }

    /** How the values of many looks become one. */
    public enum Aggregate {
        /** Their mean. */
        AVG(Double.NaN),
        /** Their median. */
        P50(50),
        /** Their 90th percentile. */
        P90(90),
        /** Their 95th percentile. */
        P95(95);

        private final double percentile;

        Aggregate(double percentile) {
            this.percentile = percentile;
        }

        /** One number, NaN when there are none. */
        public double of(double[] values) {
            double[] numbers =
                    Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
            return Double.isNaN(percentile) ? Statistics.mean(numbers) : Statistics.percentile(numbers, percentile);
        }
    }

    /** Whether any criterion compares with the baseline. */
    public boolean isRelative() {
        return Stream.of(pass, warning)
                .flatMap(List::stream)
                .flatMap(List::stream)
                .anyMatch(SloCriterion::relative);
    }

    /** How far it is met by one number against another. */
    public Level level(double value, double baseline) {
        if (pass.isEmpty()) {
            return Level.SHOWN;
        }
        if (Double.isNaN(value)) {
            return Level.NO_DATA;
        }
        return holds(pass, value, baseline) ? Level.PASS : holds(warning, value, baseline) ? Level.WARNING : Level.FAIL;
    }

    private static boolean holds(List<List<SloCriterion>> alternatives, double value, double baseline) {
        return alternatives.stream()
                .anyMatch(all -> all.stream().allMatch(criterion -> criterion.holds(value, baseline)));
    }
}
