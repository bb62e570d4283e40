package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.RootAction;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Every approval of the controller that waits, as far as the viewer may see the job that asked for it. */
@Extension
@ExportedBean
public final class WaitingApprovals implements RootAction, StaplerProxy {

    @Override
    public String getIconFileName() {
        return isVisible() ? "symbol-shield-checkmark-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.WaitingApprovals_displayName();
    }

    @Override
    public String getUrlName() {
        return BuildApprovals.URL;
    }

    /**
     * Nobody comes here without Rollback/View, or something that waits in a job that they may view. The check on
     * Jenkins alone would lock out those who have the permission on folders only.
     */
    @Override
    public Object getTarget() {
        if (!isVisible()) {
            Jenkins.get().checkPermission(RollbackPermissions.VIEW);
        }
        return this;
    }

    private boolean isVisible() {
        return Jenkins.get().hasPermission(RollbackPermissions.VIEW)
                || !getApprovals().isEmpty();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Oldest first. */
    @Exported(inline = true)
    public List<ApprovalView> getApprovals() {
        return RollbackEngine.find()
                .map(engine -> engine.approvals().waiting().stream()
                        .filter(WaitingApprovals::mayView)
                        .map(approval -> new ApprovalView(approval, engine))
                        .toList())
                .orElse(List.of());
    }

    /** For the page: what waits for the viewer and what waits for others, looked up once. */
    public Split getSplit() {
        return new Split(getApprovals().stream().collect(Collectors.partitioningBy(WaitingApprovals::isForViewer)));
    }

    /** What waits, by whom it waits for. */
    public static final class Split {

        private final Map<Boolean, List<ApprovalView>> byViewer;

        Split(Map<Boolean, List<ApprovalView>> byViewer) {
            this.byViewer = byViewer;
        }

        /** Those that the viewer can approve now. */
        public List<ApprovalView> getMine() {
            return byViewer.get(true);
        }

        /** Those that wait for somebody else. */
        public List<ApprovalView> getOthers() {
            return byViewer.get(false);
        }
    }

    /** Whether the viewer can approve it now. */
    static boolean isForViewer(ApprovalView view) {
        Item job = job(view.approval());
        return job != null && Voter.whyNot(job, view.getId(), true).isEmpty();
    }

    private static boolean mayView(Approval approval) {
        if (BuildName.parse(approval.build()).isEmpty()) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        Item job = job(approval);
        return job != null && job.hasPermission(RollbackPermissions.VIEW);
    }

    /** The job that asked; {@code null} when none did, it is gone or the current user may not read it. */
    static Item job(Approval approval) {
        return BuildName.parse(approval.build()).map(BuildName::find).orElse(null);
    }
}
