package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.actions.releases.ReleaseList;
import io.jenkins.plugins.rollback.actions.releases.ReleaseScope;
import io.jenkins.plugins.rollback.config.Claims;
import io.jenkins.plugins.rollback.config.Items;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/**
 * "Releases" on a job or folder: what is deployed where, what is last-good, the rollbacks, the way back, and who speaks
 * for which service.
 */
@ExportedBean
public final class ReleasesAction implements Action, StaplerProxy {

    /** Part of the URL. */
    public static final String URL = "release-rollback";

    private final AbstractItem item;

    /** @param item the job or folder it hangs on */
    public ReleasesAction(AbstractItem item) {
        this.item = item;
    }

    @Override
    public String getIconFileName() {
        return isShown() ? "symbol-git-branch-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleasesAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Nobody reaches anything below this URL without Rollback/View. */
    @Override
    public Object getTarget() {
        item.checkPermission(RollbackPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The job or folder. */
    public AbstractItem getItem() {
        return item;
    }

    /** Whether the side panel links here: there is something to see, or a claim to make. */
    private boolean isShown() {
        return item.hasPermission(RollbackPermissions.VIEW)
                && (item.hasPermission(RollbackPermissions.CONFIGURE)
                        || !serviceNames().isEmpty());
    }

    /** For views. */
    public Permission getViewPermission() {
        return RollbackPermissions.VIEW;
    }

    /** Whether it is a job's, whose front page then shows a summary. */
    public boolean isJob() {
        return item instanceof Job;
    }

    private Set<String> serviceNames() {
        Set<String> names = new TreeSet<>();
        claims().filter(claim -> owner(claim).hasPermission(RollbackPermissions.VIEW))
                .forEach(claim -> names.add(claim.getService()));
        return names;
    }

    /** Claims that concern this item: of itself, of folders around it, of what is in it. */
    private Stream<ServiceClaim> claims() {
        return Stream.concat(Claims.covering(item).stream(), Claims.within(item).stream())
                .distinct()
                .filter(claim -> owner(claim) != null);
    }

    /** Whose permissions count for a claim: this item's, when it lies in the claimed one; else the claimed one's. */
    private Item owner(ServiceClaim claim) {
        boolean around = Claims.covering(item).contains(claim);
        return around ? item : Items.find(claim.getItem());
    }

    /** The services that the viewer may see here; empty while the ledger cannot be read. */
    @Exported(inline = true)
    public List<ServiceView> getServices() {
        item.checkPermission(RollbackPermissions.VIEW);
        return RollbackEngine.find()
                .map(engine -> serviceNames().stream()
                        .map(name -> new ServiceView(name, engine.catalog()))
                        .toList())
                .orElse(List.of());
    }

    /** Why the ledger cannot be read, or {@code null}. */
    public String getProblem() {
        return RollbackEngine.find().isPresent() ? null : Messages.ReleasesAction_unavailable();
    }

    /** Whether nothing starts by itself at present; for the view, which leaves the reason to administrators. */
    public boolean isStandingStill() {
        return RollbackEngine.find()
                .filter(engine -> engine.standstill().reason().isPresent())
                .isPresent();
    }

    boolean may(String service, Permission permission) {
        return claims().filter(claim -> claim.getService().equals(service))
                .anyMatch(claim -> owner(claim).hasPermission(permission));
    }

    /** Whether the viewer may take this service back; for views. */
    public boolean isExecutable(String service) {
        return may(service, RollbackPermissions.EXECUTE);
    }

    /** The page of a rollback. */
    public RollbackPage getRollback(String id) {
        return RollbackPage.find(this, id);
    }

    /** All retained releases of these services, with pins and what is known of their bytes. */
    public ReleaseList getReleases() {
        return new ReleaseList(new OfItem());
    }

    private final class OfItem implements ReleaseScope {

        @Override
        public SortedSet<String> services() {
            return new TreeSet<>(serviceNames());
        }

        @Override
        public boolean mayRetain(String service) {
            return may(service, RollbackPermissions.RETAIN);
        }

        @Override
        public AbstractItem item() {
            return item;
        }
    }

    /** The page on which going back is confirmed; changes nothing. */
    public ConfirmPage getGoBack() {
        return new ConfirmPage(this);
    }

    // ---- claims ----

    /** Claims of this very item. */
    public List<ServiceClaim> getOwnClaims() {
        item.checkPermission(RollbackPermissions.VIEW);
        return Claims.within(item).stream()
                .filter(claim -> claim.getItem().equals(item.getFullName()))
                .toList();
    }

    /** Claims of folders around this item. */
    public Collection<ServiceClaim> getInheritedClaims() {
        item.checkPermission(RollbackPermissions.VIEW);
        return Claims.covering(item).stream()
                .filter(claim -> !claim.getItem().equals(item.getFullName()))
                .toList();
    }

    public boolean isConfigurable() {
        return item.hasPermission(RollbackPermissions.CONFIGURE);
    }

    /** Claims a service for this item. */
    @RequirePOST
    public HttpResponse doClaim(@QueryParameter String service, @QueryParameter String branches) {
        item.checkPermission(RollbackPermissions.CONFIGURE);
        try {
            Claims.add(item, service, branches);
        } catch (IllegalArgumentException e) {
            return Refusal.badRequest(e.getMessage());
        }
        return HttpResponses.redirectTo(".");
    }

    /** Takes a claim of this item back. */
    @RequirePOST
    public HttpResponse doUnclaim(@QueryParameter String service) {
        item.checkPermission(RollbackPermissions.CONFIGURE);
        Claims.remove(item, service);
        return HttpResponses.redirectTo(".");
    }

    /** Validates the service's name while it is typed. */
    @POST
    public FormValidation doCheckService(@QueryParameter String value) {
        item.checkPermission(RollbackPermissions.CONFIGURE);
        if (value == null || value.isBlank()) {
            return FormValidation.ok(); // nothing typed yet
        }
        try {
            Names.require("service", value.trim());
            return FormValidation.ok();
        } catch (InvalidNameException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Id of the viewer, who must be somebody. */
    static String requireUser() {
        User user = User.current();
        if (user == null) {
            throw HttpResponses.forbidden();
        }
        return user.getId();
    }

    /** Hangs it on every job and folder. */
    @Extension
    public static final class Factory extends TransientActionFactory<AbstractItem> {

        @Override
        public Class<AbstractItem> type() {
            return AbstractItem.class;
        }

        @Override
        public Collection<? extends Action> createFor(AbstractItem target) {
            return List.of(new ReleasesAction(target));
        }
    }
}
