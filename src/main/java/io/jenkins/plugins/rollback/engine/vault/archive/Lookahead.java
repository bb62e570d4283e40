package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.parallel.Ahead;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Looks at the next members of a zip while the one before is still written: they do not depend on one another. Its
 * answers are those that looking at each in its turn would give. What is started, and how, is decided only when a member
 * is asked for, never by which thread was faster, so that the same file is taken apart in the same way each time.
 */
final class Lookahead {

    private static final int LOCAL_SIZE = 30;

    /** Members under way. */
    private static final int MOST = 64;

    /** Bytes of the members under way, which are in memory. */
    private static final long MOST_BYTES = 12L << 20;

    /** A larger member is looked at in its turn. */
    private static final long LARGEST = 3L << 20;

    /** A member that somebody looks at, or that was looked at. */
    private record Started(ZipDirectory.Hint hint, Ahead<Optional<Deflated>> result) {}

    private final Splitter splitter;
    private final Region region;
    private final Deque<ZipDirectory.Hint> waiting;
    private final Deque<Started> started = new ArrayDeque<>();
    private long bytes;

    Lookahead(Splitter splitter, Region region) throws IOException {
        this.splitter = splitter;
        this.region = region;
        waiting = ZipDirectory.hints(region, LARGEST);
    }

    /** What was found at a local header; nothing when nobody looked there, or what is there is larger than was said. */
    Optional<Deflated> at(long header) throws IOException {
        Optional<Deflated> found = Optional.empty();
        while (!started.isEmpty() && started.peek().hint().header() <= header) {
            Started first = started.poll();
            bytes -= first.hint().size();
            if (first.hint().header() == header) {
                found = first.result().get();
            } else {
                first.result().forget();
            }
        }
        while (!waiting.isEmpty() && waiting.peek().header() <= header) {
            waiting.poll();
        }
        while (!waiting.isEmpty()
                && started.size() < MOST
                && bytes + waiting.peek().size() <= MOST_BYTES) {
            start(waiting.poll());
        }
        return found;
    }

    private void start(ZipDirectory.Hint hint) {
        bytes += hint.size();
        var order = splitter.order();
        started.add(new Started(hint, Ahead.start(() -> {
            long header = hint.header();
            if (header + LOCAL_SIZE > region.size()) {
                return Optional.empty();
            }
            byte[] local = region.read(header, LOCAL_SIZE);
            long data = header + LOCAL_SIZE + LittleEndian.u16(local, 26) + LittleEndian.u16(local, 28);
            return data > region.size()
                    ? Optional.empty()
                    : splitter.look(region.slice(data, region.size() - data), hint.size(), order);
        })));
    }

    /** Nobody will ask any more. */
    void end() {
        started.forEach(one -> one.result().forget());
    }
}
