package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Tells where it was read last: archives are read from front to end, but for a look at their directory. */
final class WatchedRegion extends Region {

    private final Region region;
    private final long start;
    private final LongConsumer reached;

    WatchedRegion(Region region, long start, LongConsumer reached) {
        this.region = region;
        this.start = start;
        this.reached = reached;
    }

    @Override
    public long size() {
        return region.size();
    }

    @Override
    long start() {
        return region.start();
    }

    @Override
    int readSome(long at, byte[] buffer, int offset, int length) throws IOException {
        int n = region.readSome(at, buffer, offset, length);
        reached.accept(start + at + n);
        return n;
    }

    @Override
    public Region slice(long from, long length) {
        return new WatchedRegion(region.slice(from, length), start + from, reached);
    }
}
