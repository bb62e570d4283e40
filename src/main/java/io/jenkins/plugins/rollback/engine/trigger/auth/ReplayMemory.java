package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Remembers accepted signatures as long as their timestamp would still be accepted. Only deliveries with a right
 * signature get here, so a stranger cannot fill it; when a sender does, it refuses rather than forgets.
 */
final class ReplayMemory {

    /** Half of a signature: 128 bits of an HMAC are enough to tell deliveries apart, and half the memory. */
    private record Mark(long high, long low) {
        static Mark of(byte[] signature) {
            ByteBuffer bytes = ByteBuffer.wrap(signature);
            return new Mark(bytes.getLong(), bytes.getLong());
        }
    }

    private final int most;
    private final TreeMap<Long, Set<Mark>> bySecond = new TreeMap<>();
    private int size;

    ReplayMemory(int most) {
        this.most = most;
    }

    /**
     * Remembers a signature.
     *
     * @param timestamp the signed epoch seconds
     * @param oldest timestamps before this one are refused anyway and need not be remembered
     */
    synchronized void remember(byte[] signature, long timestamp, long oldest) throws WebhookRefusedException {
        while (!bySecond.isEmpty() && bySecond.firstKey() < oldest) {
            size -= bySecond.pollFirstEntry().getValue().size();
        }
        Set<Mark> second = bySecond.computeIfAbsent(timestamp, key -> new HashSet<>());
        Mark mark = Mark.of(signature);
        if (second.contains(mark)) {
            throw new WebhookRefusedException(Why.REPLAYED, "this delivery was received before");
        }
        if (size >= most) {
            throw new WebhookRefusedException(
                    Why.TOO_MANY, "more than " + most + " deliveries within the replay window");
        }
        second.add(mark);
        size++;
    }

    synchronized int size() {
        return size;
    }
}
