package io.jenkins.plugins.rollback.actions;

import hudson.AbortException;
import hudson.cli.CLICommand;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.steps.RunningGate;
import io.jenkins.plugins.rollback.steps.RunningGates;
import java.io.IOException;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** What the commands that do something to a running gate have in common: which gate, and why. */
public abstract class GateCommand extends CLICommand {

    @Argument(index = 0, metaVar = "ID", required = true, usage = "Which gate, as rollback-gate-list says.")
    private String id;

    @Option(name = "-reason", metaVar = "TEXT", required = true, usage = "Why; it is recorded.")
    private String reason;

    /** For the commands of this package. */
    GateCommand() {}

    /** Does it, as the page does. What somebody may not see is not there for them. */
    final int take(Permission needed, GateHands.Wish wish) throws IOException, InterruptedException {
        RollbackEngine.get(); // says why when it does not run
        RunningGate gate = RunningGates.find(id).orElse(null);
        Run<?, ?> run = gate == null ? null : gate.build();
        if (run == null || !run.hasPermission(RollbackPermissions.VIEW)) {
            throw new AbortException(Messages.GateHands_unknown(id));
        }
        try {
            GateHands.take(run, id, needed, wish, reason);
        } catch (ConditionFailedException e) {
            throw new AbortException(e.getMessage());
        }
        stdout.println(ListGatesCommand.line(gate, run));
        return 0;
    }
}
