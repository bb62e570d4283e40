package io.jenkins.plugins.rollback.engine.gate;

import java.time.Duration;
import java.util.List;

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
        int errorLooks,
        List<Integer> daysAgo) {

    /** For recorded series: with another history, and with the baseline that was recorded, whatever day it is of. */
    AnalysisSettings forReplay(Duration other) {
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
                errorLooks,
                List.of());
    }
}
