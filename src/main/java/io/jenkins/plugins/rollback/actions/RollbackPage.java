package io.jenkins.plugins.rollback.actions;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.access.AccessDeniedException;

/** One rollback with its timeline, ledger entries and, while it is only proposed, the buttons that decide about it. */
@ExportedBean
public final class RollbackPage implements ModelObject {

    private final ReleasesAction parent;
    private final RollbackEngine engine;
    private final RollbackInfo info;

    private RollbackPage(ReleasesAction parent, RollbackEngine engine, RollbackInfo info) {
        this.parent = parent;
        this.engine = engine;
        this.info = info;
    }

    /** @return {@code null}, which is a 404, when there is none or the viewer may not see its service */
    static RollbackPage find(ReleasesAction parent, String id) {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        RollbackInfo info =
                engine == null ? null : engine.catalog().rollback(id).orElse(null);
        boolean visible = info != null && parent.may(info.target().service(), RollbackPermissions.VIEW);
        return visible ? new RollbackPage(parent, engine, info) : null;
    }

    @Override
    public String getDisplayName() {
        return info.id();
    }

    public Api getApi() {
        return new Api(this);
    }

    public ReleasesAction getParent() {
        return parent;
    }

    @Exported(inline = true)
    public RollbackView getRollback() {
        return new RollbackView(info);
    }

    @Exported(inline = true)
    public TimelineView getTimeline() {
        return TimelineView.of(info.id());
    }

    /** The timeline of the deployment that is taken back, or {@code null}. */
    public TimelineView getDeploymentTimeline() {
        return info.deployment() == null ? null : TimelineView.of(info.deployment());
    }

    /** The ledger's signed checkpoint, which covers every entry shown; or {@code null} when it cannot be made now. */
    public Checkpoint getCheckpoint() {
        try {
            return engine.ledger().checkpoint();
        } catch (IOException e) {
            return null;
        }
    }

    /** Size and root hash of the checkpoint. */
    @Exported
    public String getLedger() {
        Checkpoint checkpoint = getCheckpoint();
        return checkpoint == null ? null : checkpoint.size() + " " + checkpoint.rootHash();
    }

    /** Whether the viewer may decide about it. */
    public boolean isDecidable() {
        return info.state() == RollbackInfo.State.PROPOSED && mayExecute();
    }

    private boolean mayExecute() {
        return parent.may(info.target().service(), RollbackPermissions.EXECUTE);
    }

    /** Drops the proposal. */
    @RequirePOST
    public HttpResponse doDismiss(@QueryParameter String reason) throws IOException {
        if (!mayExecute()) {
            throw new AccessDeniedException(Messages.noExecute(info.target().service()));
        }
        String user = ReleasesAction.requireUser();
        if (reason == null || reason.isBlank()) {
            return Refusal.badRequest(Messages.reasonRequired());
        }
        try {
            new GoingBack(engine).dismiss(info.id(), user, reason.strip());
        } catch (ConditionFailedException e) {
            return Refusal.conflict(e.getMessage());
        }
        return HttpResponses.redirectTo(".");
    }
}
