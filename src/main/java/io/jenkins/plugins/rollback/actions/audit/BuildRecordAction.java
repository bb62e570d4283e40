package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.rollback.actions.DeploymentAction;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.RecordCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Compares what a build keeps of the ledger with the ledger of now. Reached by a link on the build's page. */
@ExportedBean
public final class BuildRecordAction implements Action, StaplerProxy {

    /** Its address below the build. */
    public static final String URL = "rollback-record";

    private final Run<?, ?> run;

    BuildRecordAction(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public String getIconFileName() {
        return null; // linked from the summary of what it checks
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildRecordAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Object getTarget() {
        run.checkPermission(RollbackPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** A check for each deployment or rollback of the build; empty while the ledger cannot be read. */
    @Exported(inline = true)
    public List<Checked> getChecks() throws IOException {
        List<Checked> checks = new ArrayList<>();
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine != null) {
            for (DeploymentAction action : run.getActions(DeploymentAction.class)) {
                checks.add(new Checked(
                        action, RecordCheck.of(engine.ledger(), action.getCheckpoint(), action.getEntries())));
            }
        }
        return checks;
    }

    /** One comparison. */
    @ExportedBean
    public static final class Checked {

        private final DeploymentAction action;
        private final RecordCheck check;

        Checked(DeploymentAction action, RecordCheck check) {
            this.action = action;
            this.check = check;
        }

        @Exported
        public String getService() {
            return action.getService();
        }

        @Exported
        public String getEnvironment() {
            return action.getEnvironment();
        }

        @Exported
        public List<Long> getEntries() {
            return action.getEntries();
        }

        @Exported
        public boolean isOk() {
            return check.ok();
        }

        /** What does not hold, or {@code null}. */
        @Exported
        public String getProblem() {
            return check.problem();
        }

        /** How many entries were proven. */
        public int getProven() {
            return check.proven();
        }

        /** How many entries the ledger has now. */
        public long getTotal() {
            return check.entries();
        }

        public String getCheckpoint() {
            return action.getCheckpoint();
        }
    }

    /** Hangs it on every build; those without a record say so. */
    @Extension
    @SuppressWarnings("rawtypes") // as the builds' class is
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run target) {
            return List.of(new BuildRecordAction(target));
        }
    }
}
