package io.jenkins.plugins.rollback.actions.releases;

import hudson.model.ModelObject;
import hudson.model.User;
import io.jenkins.plugins.rollback.actions.Refusal;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.access.AccessDeniedException;

/**
 * {@code pin?service=S&version=V}: asks for the reason for which a release is pinned, or its pin taken back. Showing it
 * changes nothing; only the form's POST does.
 */
public final class PinPage implements ModelObject, StaplerProxy {

    private final ReleaseScope scope;

    PinPage(ReleaseScope scope) {
        this.scope = scope;
    }

    @Override
    public String getDisplayName() {
        return isPinned() ? Messages.PinPage_unpin() : Messages.PinPage_pin();
    }

    /** Names and permission are checked before any view and any door: an exception inside a view is swallowed there. */
    @Override
    public Object getTarget() {
        ReleaseId id = id();
        if (!scope.services().contains(id.service())) {
            throw HttpResponses.notFound();
        }
        if (!scope.mayRetain(id.service())) {
            throw new AccessDeniedException(Messages.PinPage_mayNot(id.service()));
        }
        if (RollbackEngine.get().catalog().release(id).isEmpty()) {
            throw HttpResponses.notFound();
        }
        return this;
    }

    private static ReleaseId id() {
        try {
            return new ReleaseId(
                    Stapler.getCurrentRequest2().getParameter("service"),
                    Stapler.getCurrentRequest2().getParameter("version"));
        } catch (InvalidNameException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    /** The release with its pin. */
    public ReleaseRow getRelease() {
        RollbackEngine engine = RollbackEngine.get();
        Release release = engine.catalog().release(id()).orElseThrow(HttpResponses::notFound);
        return new ReleaseRows(engine, scope).of(List.of(release)).get(0);
    }

    private static boolean isPinned() {
        return RollbackEngine.find()
                .filter(engine -> engine.catalog().pin(id()).isPresent())
                .isPresent();
    }

    /** Pins it. */
    @RequirePOST
    public HttpResponse doPin(@QueryParameter String reason) throws IOException {
        return change(reason, true);
    }

    /** Takes the pin back. */
    @RequirePOST
    public HttpResponse doUnpin(@QueryParameter String reason) throws IOException {
        return change(reason, false);
    }

    private HttpResponse change(String reason, boolean pin) throws IOException {
        getTarget();
        User user = User.current();
        if (user == null) {
            return HttpResponses.forbidden(); // a pin has somebody's name on it
        }
        if (reason == null || reason.isBlank()) {
            return Refusal.badRequest(Messages.PinPage_reasonRequired());
        }
        RollbackEngine engine = RollbackEngine.get();
        Actor who = Actor.user(user.getId());
        try {
            if (pin) {
                engine.pins().pin(id(), who, reason);
            } else {
                engine.pins().unpin(id(), who, reason);
            }
        } catch (ConditionFailedException e) {
            return Refusal.conflict(e.getMessage());
        }
        return HttpResponses.redirectTo("..");
    }
}
