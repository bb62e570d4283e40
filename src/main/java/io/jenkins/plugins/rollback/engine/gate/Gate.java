package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import java.time.Clock;
import java.time.Instant;

/**
 * A judge polled over time. It has no thread and no timer: whoever holds it calls {@link #look()} when
 * {@link GateStatus#nextLook()} has come, and keeps {@link #save()} somewhere that survives a crash, so that
 * {@link #load} goes on with every sample as if nothing had happened.
 */
public final class Gate {

    /** Starts a gate; its first look is one interval after {@code clock.instant()}. */
    public static Gate start(Analysis analysis, MetricSources sources, Clock clock) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Goes on with a saved gate. */
    public static Gate load(ObjectNode saved, MetricSources sources, Clock clock) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Everything that is needed to go on: the analysis, the samples, the deadlines. */
    public ObjectNode save() {
        throw new UnsupportedOperationException("skeleton");
    }

    public Analysis analysis() {
        throw new UnsupportedOperationException("skeleton");
    }

    public Instant startedAt() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** How it stands; before the first look, too. */
    public GateStatus status() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Takes the look that is due: asks the metric servers (blocking, with their timeouts; call it where I/O is
     * allowed) and judges. A look that is not due yet changes nothing. Metric errors are part of the result, not
     * exceptions.
     *
     * @throws InterruptedException when interrupted; the look then does not count and can be taken again
     */
    public GateStatus look() throws InterruptedException {
        throw new UnsupportedOperationException("skeleton");
    }
}
