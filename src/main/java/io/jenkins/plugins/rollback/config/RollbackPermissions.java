package io.jenkins.plugins.rollback.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;

/**
 * The permission group "Rollback", given at a folder or job, or at Jenkins for all of them.
 *
 * <p>{@link #EXECUTE}, {@link #APPROVE}, {@link #OVERRIDE}, {@link #CONFIGURE} and {@link #EXPORT} are implied by administering
 * Jenkins alone: a team that may configure or build its own job must not thereby be able to speak for another team's service. Administering implies
 * {@link #APPROVE}, which opens the page; whether the administrator's word counts is still the approval policy's
 * decision.
 */
public final class RollbackPermissions {

    private static final PermissionScope[] SCOPES = {
        PermissionScope.ITEM, PermissionScope.ITEM_GROUP, PermissionScope.JENKINS
    };

    /** The group, as shown in the matrix. */
    public static final PermissionGroup GROUP =
            new PermissionGroup(RollbackPermissions.class, Messages._RollbackPermissions_group());

    /**
     * See releases, deployments, rollbacks and approvals. Implied by Item/Read: the same facts stand in the build log,
     * which whoever reads the job reads.
     */
    public static final Permission VIEW =
            new Permission(GROUP, "View", Messages._RollbackPermissions_view(), Item.READ, true, SCOPES);

    /** Retain, deploy, go back; end a running gate early or give it more looks. */
    public static final Permission EXECUTE =
            new Permission(GROUP, "Execute", Messages._RollbackPermissions_execute(), Jenkins.ADMINISTER, true, SCOPES);

    /** Take part in approvals, as far as their policy says so. */
    public static final Permission APPROVE =
            new Permission(GROUP, "Approve", Messages._RollbackPermissions_approve(), Jenkins.ADMINISTER, true, SCOPES);

    /** Pin releases and take pins back. Whoever may retain, deploy and go back may say what is worth keeping. */
    public static final Permission RETAIN =
            new Permission(GROUP, "Retain", Messages._RollbackPermissions_retain(), EXECUTE, true, SCOPES);

    /** Say PASS or FAIL in a gate's place. Not implied by deploying: who deploys is not who judges. */
    public static final Permission OVERRIDE = new Permission(
            GROUP, "Override", Messages._RollbackPermissions_override(), Jenkins.ADMINISTER, true, SCOPES);

    /** Say which job speaks for which service. */
    public static final Permission CONFIGURE = new Permission(
            GROUP, "Configure", Messages._RollbackPermissions_configure(), Jenkins.ADMINISTER, true, SCOPES);

    /** Take part of the ledger away as a file, names included: for auditors, and for all of the controller. */
    public static final Permission EXPORT = new Permission(
            GROUP, "Export", Messages._RollbackPermissions_export(), Jenkins.ADMINISTER, true, new PermissionScope[] {
                PermissionScope.JENKINS
            });

    private RollbackPermissions() {}

    /** Makes the permissions known before the authorization strategy is read from disk. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    @SuppressWarnings("unused") // called by Jenkins
    public static void register() {
        GROUP.getPermissions();
    }
}
