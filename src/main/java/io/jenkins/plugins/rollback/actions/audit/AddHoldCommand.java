package io.jenkins.plugins.rollback.actions.audit;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.time.DateTimeException;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code rollback-hold-add}: keeps entries whatever the retention schedule says. For administrators; it is recorded. */
@Extension
public final class AddHoldCommand extends CLICommand {

    @Argument(metaVar = "ID", required = true, usage = "A name to lift it by, for example of a case at law.")
    private String id;

    @Option(name = "-service", metaVar = "NAME", usage = "Entries about this service.")
    private String service;

    @Option(name = "-environment", metaVar = "NAME", usage = "Entries about this environment.")
    private String environment;

    @Option(name = "-rollback", metaVar = "ID", usage = "Everything that belongs to this rollback or deployment.")
    private String subject;

    @Option(name = "-actor", metaVar = "USER", usage = "What this user did.")
    private String actor;

    @Option(name = "-from", metaVar = "TIME", usage = "Not before, for example 2026-11-22T00:00:00Z.")
    private String from;

    @Option(name = "-to", metaVar = "TIME", usage = "Before.")
    private String to;

    @Option(name = "-reason", metaVar = "TEXT", required = true, usage = "Why; it is recorded.")
    private String reason;

    @Override
    public String getName() {
        return "rollback-hold-add";
    }

    @Override
    public String getShortDescription() {
        return Messages.AddHoldCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Ledger ledger = RollbackEngine.get().ledger();
        try {
            Hold.Scope on = new Hold.Scope(service, environment, subject, commitment(ledger), time(from), time(to));
            Entry entry = RollbackEngine.get().holds().place(ledger, id, on, CurrentActor.or("command-line"), reason);
            stdout.println(Messages.AddHoldCommand_placed(id, entry.index()));
            return 0;
        } catch (ConditionFailedException | IllegalArgumentException | DateTimeException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static Instant time(String text) {
        return text == null ? null : Instant.parse(text);
    }

    private String commitment(Ledger ledger) throws AbortException {
        return actor == null
                ? null
                : ledger.people()
                        .commitment(Actor.parse(actor))
                        .orElseThrow(() -> new AbortException(Messages.AddHoldCommand_nobody(actor)));
    }
}
