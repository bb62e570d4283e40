package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** Appends what a controller would over months: deployments, gates, rollbacks, approvals, alerts, in some order. */
public final class MadeHistory {

    public static final List<Target> TARGETS =
            List.of(new Target("checkout", "production"), new Target("search", "production"));

    private final Ledger ledger;
    private final Random random;
    private final Ticking clock;
    private int number;

    public MadeHistory(Ledger ledger, Ticking clock, long seed) {
        this.ledger = ledger;
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** A clock that a test sets forward. */
    public static final class Ticking extends Clock {

        private Instant now = Instant.parse("2025-01-01T00:00:00Z");

        public void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private boolean chance(int ofHundred) {
        return random.nextInt(100) < ofHundred;
    }

    private Entry append(Event event) throws IOException {
        clock.forward(Duration.ofSeconds(random.nextInt(4_000)));
        return ledger.append(event);
    }

    public void grow(int entries) throws IOException {
        while (ledger.size() < entries) {
            Target target = TARGETS.get(random.nextInt(TARGETS.size()));
            switch (random.nextInt(10)) {
                case 0 -> alert(target);
                case 1 -> append(Event.of(EventKind.DRILL_RUN)
                        .with("drill", "d" + number++)
                        .with("scenario", "s"));
                default -> deploy(target);
            }
        }
    }

    private void alert(Target target) throws IOException {
        String incident = "incident-" + random.nextInt(12);
        append(Event.of(EventKind.TRIGGER_RECEIVED)
                .target(target)
                .actor(Actor.webhook("alerts"))
                .reason("the summary of " + incident)
                .with("delivery", "dl-" + number++)
                .with("endpoint", "alerts")
                .with("dedupe", incident)
                .with("state", chance(60) ? "firing" : "resolved")
                .with("sent", clock.instant().getEpochSecond())
                .with("outcome", "none"));
    }

    private void deploy(Target target) throws IOException {
        String id = "dp-" + number++;
        String version = "1." + random.nextInt(25);
        append(Event.of(EventKind.RELEASE_RETAINED)
                .service(target.service())
                .version(version)
                .with("commit", "c" + version));
        Entry lease = append(Event.of(EventKind.LEASE_TAKEN)
                .target(target)
                .with("holder", id)
                .with("purpose", "deployment"));
        append(about(EventKind.DEPLOYMENT_STARTED, target, id)
                .version(version)
                .actor(Actor.user("dev" + random.nextInt(5))));
        boolean failed = false;
        for (int gates = random.nextInt(3); gates > 0; gates--) {
            failed |= gate(target, "deployment", id);
        }
        if (chance(2)) {
            return; // stays open, with its lease
        }
        EventKind end = failed
                ? EventKind.DEPLOYMENT_FAILED
                : chance(5) ? EventKind.DEPLOYMENT_INTERRUPTED : EventKind.DEPLOYMENT_SUCCEEDED;
        append(about(end, target, id).version(version));
        if (chance(95)) { // or its build died, and the next one takes the lease over
            append(Event.of(EventKind.LEASE_RELEASED)
                    .target(target)
                    .with("lease", lease.number())
                    .with("holder", id));
        }
        if (failed || chance(10)) {
            rollback(target, id, version);
        }
    }

    private static Event about(EventKind kind, Target target, String id) {
        return Event.of(kind).target(target).with("deployment", id);
    }

    private boolean gate(Target target, String owner, String id) throws IOException {
        String gate = "gt-" + number++;
        append(Event.of(EventKind.GATE_STARTED)
                .target(target)
                .with("gate", gate)
                .with(owner, id));
        for (int look = random.nextInt(6); look > 0; look--) {
            append(Event.of(EventKind.GATE_LOOK)
                    .target(target)
                    .with("gate", gate)
                    .with("look", look)
                    .with("verdict", "PASS"));
        }
        boolean fails = chance(25);
        append(Event.of(EventKind.GATE_VERDICT)
                .target(target)
                .with("gate", gate)
                .with(owner, id)
                .with("verdict", fails ? "FAIL" : "PASS"));
        return fails;
    }

    private void rollback(Target target, String deployment, String from) throws IOException {
        String id = "rb-" + number++;
        String to = "1." + random.nextInt(25);
        boolean named = chance(60);
        boolean alerted = chance(20);
        if (alerted) {
            append(Event.of(EventKind.TRIGGER_RECEIVED)
                    .target(target)
                    .with("delivery", "dl-" + number++)
                    .with("endpoint", "alerts")
                    .with("dedupe", "incident-" + number)
                    .with("state", "resolved")
                    .with("sent", clock.instant().getEpochSecond())
                    .with("outcome", "start")
                    .with("rollback", id));
        }
        EventKind first = chance(30) ? EventKind.ROLLBACK_PROPOSED : EventKind.ROLLBACK_REQUESTED;
        append(back(first, target, id, from, to, named ? deployment : null).reason("because of secret-" + id));
        if (first == EventKind.ROLLBACK_PROPOSED) {
            if (chance(50)) {
                append(back(EventKind.ROLLBACK_CANCELLED, target, id, from, to, null));
                return;
            }
            append(back(EventKind.ROLLBACK_REQUESTED, target, id, from, to, null));
        }
        if (chance(50)) {
            String approval = "ap-" + number++;
            append(Event.of(EventKind.APPROVAL_ASKED)
                    .target(target)
                    .version(to)
                    .with("approval", approval)
                    .with("rollback", id)
                    .with("subject", "s")
                    .with("policy", "p")
                    .with("quorum", 1)
                    .with("until", clock.instant().plusSeconds(600)));
            if (chance(5)) {
                return; // still waits
            }
            append(Event.of(EventKind.APPROVAL_GIVEN)
                    .target(target)
                    .version(to)
                    .actor(Actor.user("boss"))
                    .with("approval", approval)
                    .with("rollback", id));
        }
        append(back(EventKind.ROLLBACK_STARTED, target, id, from, to, null));
        append(Event.of(EventKind.ACTION_STARTED)
                .target(target)
                .with("rollback", id)
                .with("action", "a"));
        append(Event.of(EventKind.ACTION_DONE)
                .target(target)
                .with("rollback", id)
                .with("action", "a"));
        if (chance(40)) {
            boolean fails = gate(target, "rollback", id);
            append(back(EventKind.ROLLBACK_VERIFIED, target, id, from, to, null)
                    .with("verdict", fails ? "FAIL" : "PASS"));
        }
        if (chance(3)) {
            return; // its build died
        }
        append(back(chance(90) ? EventKind.ROLLBACK_DONE : EventKind.ROLLBACK_FAILED, target, id, from, to, null));
    }

    private static Event back(EventKind kind, Target target, String id, String from, String to, String deployment) {
        return Event.of(kind)
                .target(target)
                .version(to)
                .with("rollback", id)
                .with("from", from)
                .with("to", to)
                .with("deployment", deployment);
    }
}
