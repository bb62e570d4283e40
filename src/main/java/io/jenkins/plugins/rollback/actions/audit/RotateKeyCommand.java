package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.StoreUnreachableException;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/**
 * {@code rollback-ledger-rotate-key}: signs the ledger, or this controller's copy of a shared one, with a new key from
 * now on. The old key signs for the new one in an entry and is forgotten; what it has signed stays verifiable. For
 * administrators.
 */
@Extension
public final class RotateKeyCommand extends CLICommand {

    @Option(name = "-reason", metaVar = "TEXT", required = true, usage = "Why; recorded with the change.")
    private String reason;

    @Override
    public String getName() {
        return "rollback-ledger-rotate-key";
    }

    @Override
    public String getShortDescription() {
        return Messages.RotateKeyCommand_shortDescription();
    }

    /** Exit status 4, as of every Jenkins command, when the controller is cut off from those it shares the ledger with. */
    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Ledger ledger = RollbackEngine.get().ledger();
        Entry entry;
        try {
            entry = ledger.rotateKey(CurrentActor.or("command-line"), reason);
        } catch (StoreUnreachableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        stdout.println(
                Messages.RotateKeyCommand_rotated(entry.index(), ledger.tree().key()));
        return 0;
    }
}
