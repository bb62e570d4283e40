package io.jenkins.plugins.rollback.engine.vault;

/** Hears how far a long work on files is; called often, from the working thread, so it must return at once. */
@FunctionalInterface
public interface Progress {

    /** Nobody listens. */
    Progress NONE = (file, done, total) -> {};

    /**
     * @param file what is being worked on
     * @param done bytes done, over all files
     * @param total bytes to do, over all files
     */
    void at(String file, long done, long total);
}
