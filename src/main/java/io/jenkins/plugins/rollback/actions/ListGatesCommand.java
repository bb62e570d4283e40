package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.steps.RunningGate;
import io.jenkins.plugins.rollback.steps.RunningGates;

/** {@code rollback-gate-list}: the gates that run now, in builds that the caller may see. */
@Extension
public final class ListGatesCommand extends CLICommand {

    @Override
    public String getName() {
        return "rollback-gate-list";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListGatesCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        RollbackEngine.get(); // says why when it does not run
        for (RunningGate gate : RunningGates.all()) {
            Run<?, ?> run = gate.build();
            if (run != null && run.hasPermission(RollbackPermissions.VIEW)) {
                stdout.println(line(gate, run));
            }
        }
        return 0;
    }

    static String line(RunningGate gate, Run<?, ?> run) {
        GateStatus status = gate.status();
        String verdict = status.isEnded() ? status.decided().name() : status.soFar() + " so far";
        return gate.id() + "  " + gate.target().service() + "  " + gate.target().environment() + "  look "
                + status.look() + "/" + status.looks() + "  " + verdict + "  " + run.getExternalizableId();
    }
}
