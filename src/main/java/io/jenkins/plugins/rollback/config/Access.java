package io.jenkins.plugins.rollback.config;

import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.springframework.security.core.Authentication;

/**
 * Whether a build may do what its step asks for. Every step calls this first, on start, before anything else.
 */
public final class Access {

    private static final String WHERE = "in Manage Jenkins » System » Release Rollback, or on the page"
            + " 'Release Rollback' of the folder or job";

    private Access() {}

    /**
     * Checks, in this order: that the engine is there, that the names are valid and known, that the build's job speaks
     * for the service, that it is no pull request and no Replay, and that whoever the build runs as has the permission
     * on its job. A build that runs as SYSTEM has every permission: there the claim and the policies alone decide.
     *
     * @param environment or {@code null} when the step has none
     * @param permission one of {@link RollbackPermissions}
     * @throws AbortException with a message for the person who reads the build log
     */
    public static void check(Run<?, ?> run, String service, String environment, Permission permission)
            throws AbortException {
        try {
            RollbackEngine.get();
            Names.require("service", service);
            if (environment != null) {
                Names.require("environment", environment);
            }
        } catch (UnavailableException | InvalidNameException e) {
            throw new AbortException(e.getMessage());
        }
        checkEnvironment(environment);
        checkClaim(run, service);
        if (run.getCause(ReplayCause.class) != null) {
            throw new AbortException("this build is a Replay, whose Pipeline is not what was reviewed;"
                    + " it does not speak for service '" + service + "'");
        }
        Authentication who = authenticationOf(run);
        if (!run.getParent().getACL().hasPermission2(who, permission)) {
            throw new AbortException(
                    "this build runs as '" + who.getName() + "', who lacks the permission " + permission.group.title
                            + "/" + permission.name + " on '" + run.getParent().getFullName() + "'");
        }
    }

    /** Who a build runs as: what its Pipeline was started as, else what an authenticator says of its job. */
    public static Authentication authenticationOf(Run<?, ?> run) {
        if (run instanceof FlowExecutionOwner.Executable executable) {
            FlowExecutionOwner owner = executable.asFlowExecutionOwner();
            FlowExecution execution = owner == null ? null : owner.getOrNull();
            if (execution != null) {
                return execution.getAuthentication().toSpring();
            }
        }
        // without a task there is nothing that could say who it runs as: then nobody, not everybody
        return run.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : Jenkins.ANONYMOUS2;
    }

    private static void checkEnvironment(String environment) throws AbortException {
        Collection<String> known = RollbackConfiguration.get().environmentNames();
        if (environment != null && !known.contains(environment)) {
            throw new AbortException("unknown environment '" + environment + "'; "
                    + (known.isEmpty() ? "none is" : "known: " + String.join(", ", known) + "; more are")
                    + " defined by an administrator in Manage Jenkins » System » Release Rollback");
        }
    }

    private static void checkClaim(Run<?, ?> run, String service) throws AbortException {
        Job<?, ?> job = run.getParent();
        List<ServiceClaim> claims = Claims.of(service);
        if (claims.isEmpty()) {
            Collection<String> known = Claims.services();
            throw new AbortException("unknown service '" + service + "'; "
                    + (known.isEmpty() ? "no service is claimed yet" : "known: " + String.join(", ", known))
                    + ". Somebody with Rollback/Configure on '" + job.getFullName() + "' can claim it " + WHERE);
        }
        List<ServiceClaim> covering =
                claims.stream().filter(claim -> claim.covers(job.getFullName())).toList();
        if (covering.isEmpty()) {
            throw new AbortException("'" + job.getFullName() + "' does not speak for service '" + service
                    + "'. Somebody with Rollback/Configure on it and on what speaks for the service now can claim it "
                    + WHERE);
        }
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (head instanceof ChangeRequestSCMHead) {
            throw new AbortException("'" + job.getFullName() + "' is a pull request; pull requests do not speak for"
                    + " service '" + service + "'");
        }
        // a claim of the branch's own job names the branch; one of something above it has to list it
        boolean speaks = covering.stream()
                .anyMatch(claim ->
                        claim.getItem().equals(job.getFullName()) || head == null || claim.listsBranch(head.getName()));
        if (!speaks) {
            String listed = covering.stream()
                    .map(ServiceClaim::getBranches)
                    .filter(branches -> branches != null)
                    .collect(Collectors.joining(", "));
            throw new AbortException("branch '" + head.getName() + "' does not speak for service '" + service + "'; "
                    + (listed.isEmpty() ? "the claim lists no branch" : "listed: " + listed)
                    + ". Somebody with Rollback/Configure can list it " + WHERE);
        }
    }
}
