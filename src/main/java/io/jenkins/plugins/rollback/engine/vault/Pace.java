package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;

/** Hears how much was read, and may take its time: what nobody waits for must not slow down those whom somebody does. */
@FunctionalInterface
public interface Pace {

    /** As fast as it goes. */
    Pace FULL = bytes -> {};

    /**
     * Waits as long as it likes.
     *
     * @param bytes read since the last call
     * @throws IOException to give up
     */
    void read(long bytes) throws IOException;
}
