package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import jenkins.model.Jenkins;

/** {@code rollback-hold-list}: the holds in force, who placed them and why. For administrators. */
@Extension
public final class ListHoldsCommand extends CLICommand {

    @Override
    public String getName() {
        return "rollback-hold-list";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListHoldsCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        RollbackEngine engine = RollbackEngine.get();
        Ledger ledger = engine.ledger();
        for (Hold hold : engine.holds().list()) {
            Entry entry = ledger.entry(hold.entry());
            stdout.println(hold.id() + "  " + entry.data().path("on") + "  "
                    + ledger.people().shown(entry.actor()) + "  " + entry.time() + "  "
                    + ledger.people().shownText(entry.reason()));
        }
        return 0;
    }
}
