package io.jenkins.plugins.rollback.engine.gate;

/**
 * What to ask which metric server.
 *
 * @param source id of the server in the administrators' configuration
 * @param query with {@code $track} where the track's name belongs
 */
public record MetricQuery(String source, String query) {

    /** What must stand in a query, so that the two tracks are told apart. */
    public static final String TRACK = "$track";

    /** Names of the tracks. */
    public static final String BASELINE = "baseline";

    public static final String CANARY = "canary";

    /** The query for one track. */
    public String on(String track) {
        return query.replace(TRACK, track);
    }
}
