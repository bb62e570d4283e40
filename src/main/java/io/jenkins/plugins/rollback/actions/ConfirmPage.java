package io.jenkins.plugins.rollback.actions;

import hudson.model.ModelObject;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.UnavailableException;
import io.jenkins.plugins.rollback.config.WayBackConfig;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.WayBackException;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.access.AccessDeniedException;

/**
 * {@code goBack?service=S&environment=E&version=V}: shows what going back would do and asks for a reason. Showing it
 * changes nothing; only the form's POST does.
 */
public final class ConfirmPage implements ModelObject {

    private final ReleasesAction parent;

    ConfirmPage(ReleasesAction parent) {
        this.parent = parent;
    }

    @Override
    public String getDisplayName() {
        return Messages.ConfirmPage_displayName();
    }

    public ReleasesAction getParent() {
        return parent;
    }

    /**
     * Shows it. Names and permission are checked here, before the view: an exception inside a view is swallowed there.
     */
    public HttpResponse doIndex(
            @QueryParameter String service, @QueryParameter String environment, @QueryParameter String version) {
        Target target = target(service, environment);
        RollbackConfiguration configuration = RollbackConfiguration.get();
        return HttpResponses.forwardToView(this, "confirm")
                .with("target", new TargetView(target, engine().catalog()))
                .with("version", release(service, version).version())
                .with(
                        "wayBack",
                        configuration.wayBack(target).map(WayBackConfig::getJob).orElse(null))
                .with(
                        "policy",
                        configuration
                                .approvalPolicy(target, null)
                                .map(ApprovalPolicy::id)
                                .orElse(null));
    }

    /** Does it. */
    @RequirePOST
    public HttpResponse doStart(
            @QueryParameter String service,
            @QueryParameter String environment,
            @QueryParameter String version,
            @QueryParameter String reason)
            throws IOException {
        Target target = target(service, environment);
        String to = release(service, version).version();
        String user = ReleasesAction.requireUser();
        if (reason == null || reason.isBlank()) {
            return Refusal.badRequest(Messages.reasonRequired());
        }
        GoingBack.Wish wish = new GoingBack.Wish(target, to, "button", Actor.user(user), reason.strip());
        try {
            String id = new GoingBack(engine()).start(wish, Jenkins.getAuthentication2());
            return HttpResponses.redirectTo("../rollback/" + id + "/");
        } catch (ConditionFailedException | WayBackException e) {
            return Refusal.conflict(e.getMessage());
        }
    }

    /** Checks the names and that the viewer may take this service back. */
    private Target target(String service, String environment) {
        Target target;
        try {
            target = new Target(service, environment);
        } catch (InvalidNameException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        if (!parent.may(service, RollbackPermissions.EXECUTE)) {
            throw new AccessDeniedException(Messages.noExecute(service));
        }
        return target;
    }

    private static ReleaseId release(String service, String version) {
        try {
            return new ReleaseId(service, version);
        } catch (InvalidNameException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private static RollbackEngine engine() {
        try {
            return RollbackEngine.get();
        } catch (UnavailableException e) {
            throw Refusal.conflict(e.getMessage());
        }
    }
}
