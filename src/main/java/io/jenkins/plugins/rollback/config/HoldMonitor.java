package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AdministrativeMonitor;
import hudson.util.HttpResponses;
import io.jenkins.plugins.rollback.engine.ledger.witness.OnHold;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Tells administrators that the ledger is on hold and why, and lets one of them confirm that it is to go on. */
@Extension
@Symbol("releaseRollbackHold")
public class HoldMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.HoldMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return hold().isPresent();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** What was found, a sentence each; for the view. */
    public List<String> getReasons() {
        return hold().map(OnHold::reasons).orElse(List.of());
    }

    /** What was found, in one text: the form sends it back, so that nobody confirms what was not shown. */
    public String getFound() {
        return hold().map(OnHold::why).orElse("");
    }

    /** How many entries somebody else has seen, where that is more than there are here, else 0; for the view. */
    public long getLost() {
        return hold().map(OnHold::lost).orElse(0L);
    }

    /**
     * Lets the ledger go on.
     *
     * @param found what the form showed
     * @param reason of the person who confirms; recorded
     */
    @RequirePOST
    public HttpResponse doConfirm(@QueryParameter String found, @QueryParameter String reason) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String why = Util.fixEmptyAndTrim(reason);
        if (why == null) {
            return HttpResponses.errorWithoutStack(400, Messages.HoldMonitor_reasonRequired());
        }
        RollbackEngine engine = RollbackEngine.get();
        OnHold hold = engine.guard().onHold().orElse(null);
        if (hold == null || !hold.why().equals(found)) {
            return HttpResponses.errorWithoutStack(409, Messages.HoldMonitor_changed());
        }
        try {
            engine.guard().confirm(hold, CurrentActor.or("administrator"), why);
        } catch (IllegalStateException e) { // somebody else was first
            return HttpResponses.errorWithoutStack(409, Messages.HoldMonitor_changed());
        }
        return HttpResponses.forwardToPreviousPage();
    }

    private static Optional<OnHold> hold() {
        return RollbackEngine.find().flatMap(engine -> engine.guard().onHold());
    }
}
