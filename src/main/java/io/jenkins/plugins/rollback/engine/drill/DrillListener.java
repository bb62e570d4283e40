package io.jenkins.plugins.rollback.engine.drill;

/** Hears how a drill goes on. Called on the drill's thread; must not throw and not wait. */
public interface DrillListener {

    /** Hears nothing. */
    DrillListener NONE = new DrillListener() {};

    /** Something was reached. */
    default void reached(TimelineItem item) {}

    /**
     * How far the drill is.
     *
     * @param phase what is going on
     * @param share of the whole drill, from 0 to 1, never falling
     * @param what a few words, for example {@code look 3 of 12}
     */
    default void progress(Phase phase, double share, String what) {}
}
