package io.jenkins.plugins.rollback.engine.plan;

import java.time.Duration;
import java.util.List;

/**
 * A service as the graph knows it.
 *
 * @param name its id
 * @param tier 1 is what the business lives on, 5 what nobody would miss for a day; 3 where nothing is said
 * @param owners whom to ask
 * @param objective how long it may be bad before it must be well again, or {@code null}
 * @param rollbackTime how long going back takes, or {@code null} when nobody knows
 * @param schema whether its stored data can be read by the release before, or {@code null} when nobody says
 * @param deployed the version that runs, or {@code null}
 * @param lastGood the version that it goes back to, or {@code null}
 * @param worksWith what its versions promise about others
 */
public record Service(
        String name,
        int tier,
        List<String> owners,
        Duration objective,
        Duration rollbackTime,
        Schema schema,
        String deployed,
        String lastGood,
        List<WorksWith> worksWith) {

    /** Whether stored data survive going back. */
    public enum Schema {
        /** The release before reads what this one wrote. */
        REVERSIBLE,
        /** It does not: going back loses or breaks data. */
        IRREVERSIBLE
    }

    public Service {
        owners = List.copyOf(owners);
        worksWith = List.copyOf(worksWith);
    }

    /** The same with what the ledger knows instead of what the file says. */
    public Service running(String nowDeployed, String nowLastGood) {
        return new Service(name, tier, owners, objective, rollbackTime, schema, nowDeployed, nowLastGood, worksWith);
    }
}
