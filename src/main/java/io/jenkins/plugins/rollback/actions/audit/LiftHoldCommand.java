package io.jenkins.plugins.rollback.actions.audit;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code rollback-hold-lift}: ends a hold; the next sweep may drop what it kept. For administrators; it is recorded. */
@Extension
public final class LiftHoldCommand extends CLICommand {

    @Argument(metaVar = "ID", required = true, usage = "Which hold.")
    private String id;

    @Option(name = "-reason", metaVar = "TEXT", required = true, usage = "Why; it is recorded.")
    private String reason;

    @Override
    public String getName() {
        return "rollback-hold-lift";
    }

    @Override
    public String getShortDescription() {
        return Messages.LiftHoldCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            RollbackEngine engine = RollbackEngine.get();
            Entry entry = engine.holds().lift(engine.ledger(), id, CurrentActor.or("command-line"), reason);
            stdout.println(Messages.LiftHoldCommand_lifted(id, entry.index()));
            return 0;
        } catch (ConditionFailedException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
