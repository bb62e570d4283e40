package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger hold add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Places a hold, by a service, environment, rollback, actor, period, or several of them, which must then all",
            "be true of an entry. It is recorded. The ledger must not be in use."
        })
final class LedgerHoldAddCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "A name to lift it by.")
    private String id;

    @Option(names = "--service", paramLabel = "NAME", description = "Entries about this service.")
    private String service;

    @Option(names = "--environment", paramLabel = "NAME", description = "Entries about this environment.")
    private String environment;

    @Option(
            names = "--rollback",
            paramLabel = "ID",
            description = "Everything that belongs to this rollback or deployment.")
    private String subject;

    @Option(
            names = "--actor",
            paramLabel = "ACTOR",
            description = "What this person did, by id; of an erased person, by the 64 digits of the commitment.")
    private String actor;

    @Option(names = "--from", paramLabel = "TIME", description = "Not before: 2026-11-22 or 2026-11-22T12:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before, in the same form.")
    private String to;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the entry.")
    private String reason;

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    LedgerHoldAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (FileLedger open = ledger.open()) {
            Holds holds = new Holds();
            open.attach(holds);
            Hold.Scope on = new Hold.Scope(
                    service,
                    environment,
                    subject,
                    commitment(open),
                    Moment.parse("--from", from),
                    Moment.parse("--to", to));
            Entry entry = holds.place(open, id, on, by.actor(), reason);
            if (json.wanted()) {
                console.print(
                        JsonNodeFactory.instance.objectNode().put("hold", id).put("entry", entry.index()));
            } else {
                console.out().println("Hold " + id + " is recorded as entry " + entry.index());
            }
            return 0;
        } catch (ConditionFailedException | IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    private String commitment(Ledger open) throws BadInputException {
        if (actor == null || actor.matches("[0-9a-f]{64}")) {
            return actor;
        }
        try {
            return open.people()
                    .commitment(Actor.parse(actor))
                    .orElseThrow(() -> new BadInputException("--actor: the ledger holds nothing by '" + actor + "'"));
        } catch (InvalidNameException e) {
            throw new BadInputException("--actor: " + e.getMessage(), e);
        }
    }
}
