package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;

/** The child that {@link ReleaseSweepKillTest} kills: deploys one release after the other and sweeps in between. */
public final class SweepVictim {

    /** Keeps the last three versions of each, and whatever ends in 0. */
    static final ReleasePolicy POLICY = new ReleasePolicy(List.of(
            new ReleaseRule(null, "production", 3, null, List.of("*0")),
            new ReleaseRule(null, null, 0, Period.ofDays(1), List.of())));

    private SweepVictim() {}

    static Kept open(Path dir, Clock clock) throws Exception {
        return new Kept(
                FileLedger.open(dir.resolve("ledger"), "sweep.test/1", clock, LedgerKeys.inFile(dir.resolve("key"))),
                clock,
                Clock.offset(clock, Duration.ofDays(2)),
                dir);
    }

    /** Arguments: a folder, and the first version. */
    public static void main(String[] args) throws Exception {
        long version = Long.parseLong(args[1]);
        // each release is two days older than the next: by the clock, not by waiting
        Clock[] now = {Clock.systemUTC()};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return now[0].getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return now[0].instant();
            }
        };
        Kept kept = open(Path.of(args[0]), clock);
        System.out.println("open");
        while (true) {
            now[0] = Clock.offset(Clock.systemUTC(), Duration.ofDays(2 * version));
            kept.good(Kept.PRODUCTION, Long.toString(version));
            System.out.println("good " + version++);
            kept.sweep.sweep(POLICY, Kept.SWEEPER).dropped().forEach(id -> System.out.println("gone " + id.version()));
        }
    }
}
