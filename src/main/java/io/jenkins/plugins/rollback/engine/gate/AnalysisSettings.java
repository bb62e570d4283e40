package io.jenkins.plugins.rollback.engine.gate;

import java.time.Duration;

/** What an analysis file says besides its metrics; see the accessors of {@link Analysis}. */
record AnalysisSettings(
        Duration interval,
        int looks,
        double alpha,
        double beta,
        Duration history,
        Outcome onInconclusive,
        boolean extend,
        Outcome onNoData,
        Outcome onError,
        int noDataLooks,
        int errorLooks) {

    AnalysisSettings withHistory(Duration other) {
        return new AnalysisSettings(
                interval,
                looks,
                alpha,
                beta,
                other,
                onInconclusive,
                extend,
                onNoData,
                onError,
                noDataLooks,
                errorLooks);
    }
}
