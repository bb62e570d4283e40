package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.classic.SloObjective.Level;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.List;

/**
 * All objectives together: the weight earned of the weight there was, in percent, after Keptn's {@code total_score}.
 *
 * @param score from 0 to 100
 * @param keyMissed whether a key objective had a number and failed
 * @param noData whether an objective that counts had no number
 */
public record SloScore(double score, boolean keyMissed, boolean noData) {

    /** One objective and how far it was met. */
    public record Met(SloObjective objective, Level level) {

        private boolean counts() {
            return level != Level.SHOWN;
        }
    }

    /** Adds up; without any objective that counts the score is 100. */
    public static SloScore of(List<Met> objectives) {
        double whole = 0;
        double earned = 0;
        for (Met met : objectives) {
            if (met.counts()) {
                whole += met.objective().weight();
                earned += met.objective().weight() * met.level().share();
            }
        }
        return new SloScore(
                whole == 0 ? 100 : 100 * earned / whole,
                objectives.stream().anyMatch(met -> met.objective().key() && met.level() == Level.FAIL),
                objectives.stream().anyMatch(met -> met.level() == Level.NO_DATA));
    }

    /**
     * What it means.
     *
     * @param pass from this score on it passes
     * @param warning from this score on it is inconclusive, below it fails
     */
    public Verdict verdict(double pass, double warning) {
        if (keyMissed) {
            return Verdict.FAIL;
        }
        if (noData) {
            return Verdict.NO_DATA;
        }
        return score >= pass ? Verdict.PASS : score >= warning ? Verdict.INCONCLUSIVE : Verdict.FAIL;
    }
}
