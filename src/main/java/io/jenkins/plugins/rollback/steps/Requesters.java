package io.jenkins.plugins.rollback.steps;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;

/**
 * Who stands behind a build: every user in its causes, in those of the builds that started it, and in those of the
 * build that it replays. A timer, an SCM change or nobody adds nobody, and then separation of duties is not satisfied.
 */
public final class Requesters {

    /** Longer chains of builds than this exist only by mistake. */
    private static final int DEPTH = 100;

    private Requesters() {}

    /** Ids of the users, sorted; empty when nobody is known. */
    public static SortedSet<String> of(Run<?, ?> run) {
        SortedSet<String> users = new TreeSet<>();
        collect(run, users, new HashSet<>(), DEPTH);
        return Collections.unmodifiableSortedSet(users);
    }

    /** Who is recorded as the one who did what a build does: the person nearest to it, else the product itself. */
    static Actor actor(Run<?, ?> run) {
        for (Cause cause : run.getCauses()) {
            if (cause instanceof RollbackCause rollback) {
                return rollback.actor();
            }
            if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
                return Actor.user(user.getUserId());
            }
        }
        SortedSet<String> users = of(run);
        return users.isEmpty() ? Actor.system("build") : Actor.user(users.first());
    }

    private static void collect(Run<?, ?> run, Set<String> users, Set<String> seen, int depth) {
        if (run != null && depth > 0 && seen.add(run.getExternalizableId())) {
            collect(run.getCauses(), users, seen, depth - 1);
        }
    }

    private static void collect(List<? extends Cause> causes, Set<String> users, Set<String> seen, int depth) {
        if (depth == 0) {
            return;
        }
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
                users.add(user.getUserId());
            } else if (cause instanceof RollbackCause rollback
                    && rollback.actor().isUser()) {
                users.add(rollback.actor().id());
            } else if (cause instanceof Cause.UpstreamCause upstream) {
                // the causes as they were, and the build itself should it still be there with more
                collect(upstream.getUpstreamCauses(), users, seen, depth - 1);
                collect(upstream.getUpstreamRun(), users, seen, depth - 1);
            } else if (cause instanceof ReplayCause replay) {
                collect(replay.getOriginal(), users, seen, depth - 1);
            }
        }
    }
}
