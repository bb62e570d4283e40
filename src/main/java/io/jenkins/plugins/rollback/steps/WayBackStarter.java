package io.jenkins.plugins.rollback.steps;

import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.WayBackConfig;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.core.Authentication;

/**
 * Starts the configured way back of a target: the job that goes back when no living build can. What happens then is
 * the job's {@code rollbackRelease}, which finds the rollback by its parameter ROLLBACK_ID.
 */
public final class WayBackStarter {

    /** Parameter: the version to go back to. */
    public static final String RELEASE = "RELEASE";

    /** Parameter: the id of the rollback. */
    public static final String ROLLBACK_ID = "ROLLBACK_ID";

    private WayBackStarter() {}

    /**
     * Puts the way back into the queue. Starting the same rollback twice while it waits there gives one build.
     *
     * @param rollback id of a rollback that the ledger knows as proposed or requested
     * @param version what to go back to
     * @param who for the cause of the build and the approval's requesters
     * @param as whom to start it as, never SYSTEM; needs Item/Build on the job
     * @return the queued build
     * @throws WayBackException when there is no way back, it is gone, or {@code as} may not build it; for a person
     */
    public static Queue.Item start(Target target, String rollback, String version, Actor who, Authentication as)
            throws WayBackException {
        if (as.equals(ACL.SYSTEM2)) {
            throw new WayBackException(Messages.WayBackStarter_system());
        }
        WayBackConfig way = RollbackConfiguration.get()
                .wayBack(target)
                .orElseThrow(() ->
                        new WayBackException(Messages.WayBackStarter_none(target.service(), target.environment())));
        Job<?, ?> job = find(way.getJob(), as);
        ParametersAction parameters = new ParametersAction(
                List.of(new StringParameterValue(RELEASE, version), new StringParameterValue(ROLLBACK_ID, rollback)),
                Set.of(RELEASE, ROLLBACK_ID));
        CauseAction cause = new CauseAction(new RollbackCause(rollback, target, version, who));
        AtomicReference<Queue.Item> queued = new AtomicReference<>();
        try (ACLContext ignored = ACL.as2(as)) {
            queued.set(ParameterizedJobMixIn.scheduleBuild2(job, 0, cause, parameters));
        }
        return Optional.ofNullable(queued.get())
                .orElseThrow(() -> new WayBackException(Messages.WayBackStarter_refused(way.getJob())));
    }

    private static Job<?, ?> find(String name, Authentication as) throws WayBackException {
        // looked up with full sight, so that a wrong configuration can be told from a lacking permission
        Job<?, ?> job;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            job = Jenkins.get().getItemByFullName(name, Job.class);
        }
        boolean startable = job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> parameterized
                && parameterized.isBuildable();
        if (!startable) {
            throw new WayBackException(Messages.WayBackStarter_gone(name));
        }
        if (!job.getACL().hasPermission2(as, Item.BUILD)) {
            throw new WayBackException(Messages.WayBackStarter_forbidden(as.getName(), name));
        }
        return job;
    }
}
