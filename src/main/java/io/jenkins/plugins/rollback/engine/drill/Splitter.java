package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.io.IOException;

/** Shares the users' requests out between two places. */
interface Splitter extends Closeable {

    /** The places; each leads to one instance at a time. */
    enum Slot {
        BASELINE,
        CANARY;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Where users go, for example {@code http://127.0.0.1:8080/}. */
    String address();

    /** Lets a place lead to a port on the loopback interface. */
    void point(Slot slot, int port) throws IOException;

    /** Percent of the requests for the canary; the baseline gets the others. */
    void canaryShare(int percent) throws IOException;

    /** What {@link #canaryShare(int)} set, read back from the system. */
    int canaryShare() throws IOException;

    @Override
    void close() throws IOException;
}
