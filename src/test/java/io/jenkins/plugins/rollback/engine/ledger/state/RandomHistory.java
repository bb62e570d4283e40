package io.jenkins.plugins.rollback.engine.ledger.state;

import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Appends events of all kinds about a few deployments, rollbacks, gates and approvals, sensible or not. */
final class RandomHistory {

    private static final List<EventKind> KINDS = List.of(EventKind.values());
    /** Written by the ledger alone, or of no interest to a projection that is kept. */
    private static final Set<EventKind> OTHERS = EnumSet.of(
            EventKind.KEY_ROTATED,
            EventKind.EPOCH_STARTED,
            EventKind.RETENTION_SWEPT,
            EventKind.HOLD_PLACED,
            EventKind.HOLD_LIFTED);

    private static final List<String> VERDICTS = List.of("PASS", "FAIL", "INCONCLUSIVE", "NO_DATA", "ERROR");

    private final Ledger ledger;
    private final Random random;

    RandomHistory(Ledger ledger, long seed) {
        this.ledger = ledger;
        random = new Random(seed);
    }

    void append(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            EventKind kind = KINDS.get(random.nextInt(KINDS.size()));
            if (!OTHERS.contains(kind)) {
                ledger.append(event(kind));
            }
        }
    }

    private Event event(EventKind kind) {
        Event event = Event.of(kind)
                .service(one("shop", "cart", kind.wire().startsWith("release.") ? "shop" : null))
                .environment(one("production", "staging", null))
                .version(one("1", "2", "3"))
                .actor(Actor.user(one("alice", "bob", "carol")))
                .reason(one("too many errors", "INC-1 by Mrs. Hargreaves", null));
        String wire = kind.wire();
        boolean back = wire.startsWith("rollback.") || wire.startsWith("action.");
        event.with("deployment", one("dp-1", "dp-2", "dp-3", wire.startsWith("deployment.") ? "dp-1" : null))
                .with("rollback", one("rb-1", "rb-2", "rb-3", back ? "rb-1" : null))
                .with("gate", one("gt-1", "gt-2", "gt-3", wire.startsWith("gate.") ? "gt-1" : null))
                .with("action", back ? "switch" : null)
                .with("cause", one("errors", "latency"))
                .with("verdict", VERDICTS.get(random.nextInt(VERDICTS.size())))
                .with("build", one("shop/main#1", "shop/main#2", null));
        if (wire.startsWith("approval.")) {
            event.with("approval", one("ap-1", "ap-2", "ap-3", "ap-4"))
                    .with("until", "2030-01-01T00:00:00Z")
                    .with("quorum", 1 + random.nextInt(2));
        } else if (wire.startsWith("lease.")) {
            event.with("holder", one("dp-1", "rb-1"))
                    .with("purpose", one("deployment", "rollback"))
                    .with("lease", Math.max(0, ledger.size() - random.nextInt(20)));
        } else if (wire.startsWith("trigger.")) {
            event.with("dedupe", one("aa", "bb", "cc"))
                    .with("endpoint", "alerts")
                    .with("state", one("firing", "resolved"))
                    .with("sent", random.nextInt(1000));
        } else if (kind == EventKind.RELEASE_REFUSED) {
            event.with("file", "shop.jar");
        } else if (kind == EventKind.OVERRIDE) {
            event.with("what", "gate");
        } else if (kind == EventKind.EXPORT) {
            event.with("entries", 3);
        } else if (kind == EventKind.PERSON_ERASED) {
            event.with("texts", 1);
        } else if (kind == EventKind.DRILL_RUN) {
            event.with("scenario", "bad-canary");
        } else if (kind == EventKind.RELEASE_RETAINED) {
            event.with("manifest", "ab".repeat(32)).with("files", 3).with("bytes", 1L << random.nextInt(40));
        } else if (kind == EventKind.RELEASE_DROPPED) {
            event.with("policy", "*/* keeps the last 2 good");
        }
        return event;
    }

    private String one(String... choice) {
        return choice[random.nextInt(choice.length)];
    }
}
