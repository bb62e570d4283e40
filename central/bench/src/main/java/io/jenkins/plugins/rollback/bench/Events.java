package io.jenkins.plugins.rollback.bench;

import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;

/** What deployments record: sixteen entries each, with a gate of ten looks; one in ten also asks for an approval. */
final class Events {

    /** Entries of a deployment. */
    static final int EACH = 16;

    private static final Actor ALICE = Actor.user("alice");

    private Events() {}

    /** The n-th event of all. */
    static Event event(long n) {
        long deployment = n / EACH;
        EventKind kind = kind((int) (n % EACH), deployment % 10 == 0);
        Event event = Event.of(kind)
                .service("service-" + deployment % 50)
                .environment("production")
                .version("1." + deployment)
                .actor(ALICE);
        if (kind == EventKind.RELEASE_RETAINED) {
            return event.with("manifest", "ab".repeat(32)).with("files", 12).with("bytes", 1_234_567);
        }
        event.with("deployment", "dp-" + deployment).with("build", "shop/main#" + deployment);
        String family = kind.wire().substring(0, kind.wire().indexOf('.'));
        return switch (family) {
            case "gate" -> event.with("gate", "gt-" + deployment)
                    .with("look", n % EACH)
                    .with("verdict", "PASS");
            case "approval" -> event.with("approval", "ap-" + deployment)
                    .with("subject", "cd".repeat(32))
                    .with("until", "2030-01-01T00:00:00Z")
                    .reason("INC-" + deployment + ": errors in checkout, please look");
            default -> event;
        };
    }

    private static EventKind kind(int step, boolean asks) {
        return switch (step) {
            case 0 -> EventKind.RELEASE_RETAINED;
            case 1 -> EventKind.DEPLOYMENT_STARTED;
            case 2 -> EventKind.GATE_STARTED;
            case 12 -> asks ? EventKind.APPROVAL_ASKED : EventKind.GATE_LOOK;
            case 13 -> asks ? EventKind.APPROVAL_GIVEN : EventKind.GATE_LOOK;
            case 14 -> EventKind.GATE_VERDICT;
            case 15 -> EventKind.DEPLOYMENT_SUCCEEDED;
            default -> EventKind.GATE_LOOK;
        };
    }
}
