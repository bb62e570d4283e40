package io.jenkins.plugins.rollback.engine.judge;

import io.jenkins.plugins.rollback.engine.model.Verdict;

/**
 * What the judge says of one metric after a look.
 *
 * @param name the metric's name in the analysis file
 * @param verdict so far
 * @param effect relative change of the canary against the baseline (0.25 is 25 % more), NaN when unknown
 * @param low lower end of the effect's confidence interval, valid at every look (of the judge kayenta at
 *     one); may be minus infinity
 * @param high upper end; may be plus infinity
 * @param evidence strength of the evidence for "worse than tolerated", as an e-value or the reciprocal of an
 *     always-valid p-value: 1 is none, 1/alpha is a FAIL; NaN where the judge is a classic one, which knows none
 * @param reason one sentence for a person
 */
public record MetricVerdict(
        String name, Verdict verdict, double effect, double low, double high, double evidence, String reason) {}
