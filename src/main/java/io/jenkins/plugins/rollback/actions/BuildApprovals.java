package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Run;
import hudson.util.HttpResponses;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.UnavailableException;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The approvals that a build asked for, with Approve and Reject. The page only passes on what was clicked: whether a
 * voice counts, and which of two clicks at once was first, the engine decides.
 */
@ExportedBean
public final class BuildApprovals implements Action, StaplerProxy {

    /** Part of the URL. */
    public static final String URL = "rollback-approvals";

    private final Run<?, ?> run;

    /** @param run the build it hangs on */
    public BuildApprovals(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public String getIconFileName() {
        return run.hasPermission(RollbackPermissions.VIEW)
                ? "symbol-shield-checkmark-outline plugin-ionicons-api"
                : null;
    }

    @Override
    public String getDisplayName() {
        return getWaiting().isEmpty() ? Messages.BuildApprovals_displayName() : Messages.BuildApprovals_waiting();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Nobody reaches anything below this URL without Rollback/View. */
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

    /** All of them, oldest first. */
    @Exported(inline = true)
    public List<ApprovalView> getApprovals() {
        run.checkPermission(RollbackPermissions.VIEW);
        return RollbackEngine.find()
                .map(engine -> engine.approvals().ofBuild(run.getExternalizableId()).stream()
                        .map(approval -> new ApprovalView(approval, engine))
                        .toList())
                .orElse(List.of());
    }

    /** Those that wait; for the build page. */
    public List<ApprovalView> getWaiting() {
        return run.hasPermission(RollbackPermissions.VIEW)
                ? getApprovals().stream().filter(ApprovalView::isWaiting).toList()
                : List.of();
    }

    /** Why the viewer cannot approve, for a person; {@code null} when they can. */
    public String whyNotApprove(ApprovalView view) {
        return Voter.whyNot(run, view.getId(), true).orElse(null);
    }

    /** Why the viewer cannot reject, for a person; {@code null} when they can. */
    public String whyNotReject(ApprovalView view) {
        return Voter.whyNot(run, view.getId(), false).orElse(null);
    }

    /** Whether the viewer has said something that they can take back now. */
    public boolean mayTakeBack(ApprovalView view) {
        return run.hasPermission(RollbackPermissions.APPROVE)
                && Voter.current()
                        .map(voter -> RollbackEngine.get()
                                .approvals()
                                .whyNotTakeBack(view.getId(), voter.id())
                                .isEmpty())
                        .orElse(false);
    }

    /**
     * Takes a vote, or gives it back.
     *
     * @param id of the approval, one of this build's
     * @param decision {@code approve}, {@code reject} or {@code takeBack}
     * @param reason free text, required
     */
    @RequirePOST
    public HttpResponse doDecide(
            @QueryParameter String id, @QueryParameter String decision, @QueryParameter String reason)
            throws IOException {
        run.checkPermission(RollbackPermissions.APPROVE);
        Voter voter = Voter.current().orElseThrow(org.kohsuke.stapler.HttpResponses::forbidden);
        Decision word = Decision.of(decision).orElse(null);
        if (word == null) {
            return Refusal.badRequest(Messages.BuildApprovals_decision());
        }
        try {
            RollbackEngine engine = RollbackEngine.get();
            // an approval of another build is none here: this build's permissions say nothing about it
            Approval approval = engine.approvals()
                    .find(id)
                    .filter(found -> run.getExternalizableId().equals(found.build()))
                    .orElse(null);
            if (approval == null) {
                return HttpResponses.notFound();
            }
            if (reason == null || reason.isBlank()) {
                return Refusal.badRequest(Messages.reasonRequired());
            }
            word.carryOut(engine.approvals(), approval.id(), voter, reason);
            return HttpResponses.redirectTo(".");
        } catch (ConditionFailedException | UnavailableException e) {
            return Refusal.conflict(e.getMessage());
        }
    }

    /** Hangs it on builds that asked for an approval. */
    @Extension
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run target) {
            boolean asked = RollbackEngine.find()
                    .map(engine -> engine.approvals().isKnownBuild(target.getExternalizableId()))
                    .orElse(false);
            return asked ? List.of(new BuildApprovals(target)) : List.of();
        }
    }
}
