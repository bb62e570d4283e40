package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LiveCatalog;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.ledger.SweptEntries;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.retention.EventClass;
import io.jenkins.plugins.rollback.engine.ledger.retention.Retention;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.ledger.retention.SweepPlan;
import io.jenkins.plugins.rollback.engine.ledger.state.SavedProjection;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger retain}: drops what is past its time, or says what that would be. */
@Command(
        name = "retain",
        mixinStandardHelpOptions = true,
        description = {
            "Drops entries that are past their time. Their hashes stay, so every proof still holds, and an entry says what",
            "went. What is held, still in use, or in the newest bundle stays. For a sweep the ledger must not be in use."
        })
final class LedgerRetainCommand implements Callable<Integer> {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--keep",
            required = true,
            paramLabel = "CLASS=PERIOD",
            description = {
                "How long a class of events is kept, for example deliveries=P90D; may be repeated. Classes: decisions,",
                "deployments, measurements, actions, deliveries, others. One that is not named is kept for ever."
            })
    private Map<String, String> keep = new LinkedHashMap<>();

    @ArgGroup(multiplicity = "1")
    private Mode mode;

    /** One of the two must be said: nothing is dropped by default. */
    private static final class Mode {
        @Option(names = "--dry-run", description = "Only say what would be dropped and why the rest stays.")
        private boolean dryRun;

        @Option(names = "--sweep", description = "Drop it. This cannot be undone.")
        private boolean sweep;
    }

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    LedgerRetainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        RetentionPolicy policy = policy();
        if (mode.dryRun) {
            try (Ledger open = ledger.read()) {
                Known known = new Known(open);
                open.attach(Projection.all(List.copyOf(known.projections())));
                SweepPlan plan = known.retention().plan(policy);
                print(policy, plan, plan.entries().cardinality(), List.of());
            }
            return 0;
        }
        try (FileLedger open = ledger.open()) {
            Known known = new Known(open);
            StateKeeper states =
                    new StateKeeper(open, ledger.existing().resolve("index"), work -> {}, known.projections());
            states.attach();
            Actor actor = by.actor();
            Retention.Swept swept = states.anew(() -> known.retention().sweep(policy, actor));
            print(policy, swept.plan(), swept.dropped(), swept.events());
        }
        return 0;
    }

    private RetentionPolicy policy() throws BadInputException {
        RetentionPolicy policy = RetentionPolicy.FOR_EVER;
        for (Map.Entry<String, String> part : keep.entrySet()) {
            try {
                policy = policy.keep(EventClass.parse(part.getKey()), RetentionPolicy.period(part.getValue()));
            } catch (IllegalArgumentException e) {
                throw new BadInputException("--keep: " + e.getMessage(), e);
            }
        }
        return policy;
    }

    /** Everything that is computed from a ledger, and may still need what is past its time. */
    private static final class Known {

        private final Ledger ledger;
        private final Catalog catalog;
        private final Approvals approvals;
        private final Deliveries deliveries;

        Known(Ledger ledger) {
            this.ledger = ledger;
            catalog = new Catalog(ledger);
            approvals = new Approvals(ledger, CLOCK);
            deliveries = new Deliveries(ledger, CLOCK);
        }

        List<SavedProjection> projections() {
            return List.of(catalog, approvals, deliveries, new LedgerIndex(ledger.people()));
        }

        Retention retention() {
            return new Retention(ledger, CLOCK, List.of(new LiveCatalog(catalog), approvals, deliveries));
        }
    }

    private void print(RetentionPolicy policy, SweepPlan plan, long dropped, List<Long> events) {
        if (!json.wanted()) {
            plan.counts().forEach((what, n) -> console.out()
                    .println(what.word() + " (kept for " + policy.periods().get(what) + "): " + n.dropped()
                            + (mode.dryRun ? " would go, " : " went, ") + n.held() + " held, " + n.live()
                            + " still in use, " + n.waiting() + " wait"));
            console.out()
                    .println((mode.dryRun ? "Would drop " : "Dropped ") + dropped + " entries"
                            + (events.isEmpty() ? "" : "; recorded as entry " + events.get(0)));
            return;
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("dropped", dropped).put("dryRun", mode.dryRun);
        ObjectNode classes = result.putObject("classes");
        plan.counts().forEach((what, n) -> classes.putObject(what.word())
                .put("keep", policy.periods().get(what).toString())
                .put("dropped", n.dropped())
                .put("held", n.held())
                .put("live", n.live())
                .put("waiting", n.waiting()));
        result.set("entries", SweptEntries.write(plan.entries()));
        ArrayNode recorded = result.putArray("recorded");
        events.forEach(recorded::add);
        console.print(result);
    }
}
