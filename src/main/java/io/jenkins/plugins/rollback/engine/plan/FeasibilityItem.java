package io.jenkins.plugins.rollback.engine.plan;

/**
 * One thing that was looked at before going back.
 *
 * @param item what, for example {@code artifact checkout/2.3.9}
 * @param level what it means
 * @param evidence what was found, for a person
 */
public record FeasibilityItem(String item, Level level, String evidence) {

    /** What it means for going back. */
    public enum Level {
        /** Nothing is in the way. */
        OK,
        /** It can be done; somebody should know. */
        RISK,
        /** It cannot be done like this. */
        BLOCKER;

        /** As reports write it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
