package io.jenkins.plugins.rollback.actions.releases;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseDecision;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleasePlan;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleasePolicy;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseSweep;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/**
 * {@code rollback-releases-sweep} of Jenkins' command line: drops now what the retention rules do not keep, as once a day
 * happens by itself; or says of each release whether it would go, and why.
 */
@Extension
public final class SweepReleasesCommand extends CLICommand {

    @Option(name = "--dry-run", usage = "Only say what would go and why.")
    private boolean dryRun;

    @Override
    public String getName() {
        return "rollback-releases-sweep";
    }

    @Override
    public String getShortDescription() {
        return Messages.SweepReleasesCommand_shortDescription();
    }

    @Override
    protected int run() throws IOException {
        Jenkins.get().checkPermission(RollbackPermissions.CONFIGURE); // administering implies it
        RollbackEngine engine = RollbackEngine.get();
        ReleasePolicy policy = RollbackConfiguration.get().releasePolicy();
        if (dryRun) {
            print(engine.releaseSweep().plan(policy));
            return 0;
        }
        Optional<String> standstill = engine.standstill().reason();
        if (standstill.isPresent()) {
            throw new AbortException(Messages.SweepReleasesCommand_standstill(standstill.get()));
        }
        ReleaseSweep.Swept swept = engine.releaseSweep().sweep(policy, CurrentActor.or("command-line"));
        swept.dropped().forEach(id -> stdout.println(Messages.SweepReleasesCommand_dropped(id)));
        stdout.println(Messages.SweepReleasesCommand_swept(
                swept.dropped().size(), Long.toString(swept.freed().bytes())));
        return 0;
    }

    private void print(ReleasePlan plan) {
        for (ReleaseDecision decision : plan.decisions()) {
            ReleaseId id = decision.release().id();
            stdout.println(
                    decision.goes()
                            ? Messages.SweepReleasesCommand_goes(
                                    id, decision.why(), Long.toString(plan.own().getOrDefault(id, 0L)))
                            : Messages.SweepReleasesCommand_stays(id, decision.why()));
        }
        stdout.println(Messages.SweepReleasesCommand_planned(plan.going(), Long.toString(plan.bytes())));
    }
}
