package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.DroppedRelease;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What deploying steps check and find out before they begin; memory only, as it runs on the CPS thread. */
final class Start {

    /** More names than this help nobody. */
    private static final int SHOWN = 20;

    private Start() {}

    /** @throws AbortException when the release is not retained, listing those that are */
    static Release requireRelease(RollbackEngine engine, String service, String version) throws AbortException {
        ReleaseId id;
        try {
            id = new ReleaseId(service, version);
        } catch (InvalidNameException e) {
            throw new AbortException(e.getMessage());
        }
        return requireRelease(engine, id);
    }

    /** @throws AbortException when the release is not retained, saying when it was dropped or listing those that are */
    static Release requireRelease(RollbackEngine engine, ReleaseId id) throws AbortException {
        String service = id.service();
        String version = id.version();
        Optional<DroppedRelease> dropped = engine.catalog().dropped(id);
        if (dropped.isPresent()) {
            throw new AbortException(dropped.get().explanation());
        }
        return engine.catalog().release(id).orElseThrow(() -> {
            List<Release> known = engine.catalog().releases(service);
            String names = known.stream()
                    .limit(SHOWN)
                    .map(release -> release.id().version())
                    .collect(Collectors.joining(", "));
            return new AbortException("unknown release '" + version + "' of service '" + service + "'; "
                    + (known.isEmpty()
                            ? "none is retained yet (retainRelease does that)"
                            : "retained, newest first: " + names + (known.size() > SHOWN ? ", ..." : "")));
        });
    }

    /** @throws AbortException when the policy is not configured, listing those that are */
    static void requirePolicy(Target target, String named) throws AbortException {
        try {
            RollbackConfiguration.get().approvalPolicy(target, named);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    static PrintStream log(StepContext context) throws IOException, InterruptedException {
        return context.get(TaskListener.class).getLogger();
    }

    /** The promise to survive a crash of the controller holds only where the program is saved at every step. */
    static void warnAboutDurability(StepContext context, PrintStream log) throws IOException, InterruptedException {
        FlowExecution execution = context.get(FlowExecution.class);
        FlowDurabilityHint hint = execution.getDurabilityHint();
        if (hint != FlowDurabilityHint.MAX_SURVIVABILITY) {
            log.println(Messages.Start_durability(hint));
        }
    }

    /** Name of the enclosing node (empty for the built-in one), or {@code null} when there is none. */
    static String node(StepContext context) throws IOException, InterruptedException {
        if (context.get(FilePath.class) == null) {
            return null;
        }
        Computer computer = context.get(Computer.class);
        return computer == null ? null : computer.getName();
    }
}
