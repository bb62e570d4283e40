package io.jenkins.plugins.rollback.actions.audit;

import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.config.Claims;
import io.jenkins.plugins.rollback.config.Items;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * Which entries the current user may see: those of services that something speaks for which the user may view. What
 * belongs to no service needs Rollback/View for all of Jenkins; what belongs to a service that nothing speaks for any
 * more needs an administrator, as nobody can tell whose it was. For one request. Another permission than Rollback/View can
 * be asked for in the same way.
 */
public final class VisibleServices {

    private final Map<String, Boolean> known = new HashMap<>();
    private final boolean everything = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    private final Permission permission;
    private final boolean global;

    /** What the user may see. */
    public VisibleServices() {
        this(RollbackPermissions.VIEW);
    }

    /** Those for which the user has a permission. */
    public VisibleServices(Permission permission) {
        this.permission = permission;
        global = Jenkins.get().hasPermission(permission);
    }

    /** Whether there is anything at all for the user. */
    public boolean any() {
        return everything || global || Claims.services().stream().anyMatch(this::includes);
    }

    /** Whether the user may see what belongs to no service. */
    boolean isGlobal() {
        return everything || global;
    }

    boolean includes(Entry entry) {
        return entry.service() == null ? isGlobal() : includes(entry.service());
    }

    /** Whether a service is one of them. */
    public boolean includes(String service) {
        return everything || known.computeIfAbsent(service, this::isAllowed);
    }

    private boolean isAllowed(String service) {
        return Claims.of(service).stream().anyMatch(this::isAllowed);
    }

    private boolean isAllowed(ServiceClaim claim) {
        Item item = Items.find(claim.getItem());
        return item != null && item.hasPermission(permission);
    }
}
