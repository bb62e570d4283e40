package io.jenkins.plugins.rollback.webhook;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.steps.RollbackCause;
import io.jenkins.plugins.rollback.steps.WayBackException;
import io.jenkins.plugins.rollback.steps.WayBackStarter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Takes up after a crash what was acknowledged and not done: alerts without an effect, and rollbacks that a click or an
 * alert requested and whose way back neither waits in the queue nor runs. While nothing may start by itself they wait: on
 * hold they may be another controller's, of which this one is a copy.
 */
@Extension
public final class Recovery extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Recovery.class.getName());

    private static final Set<String> OURS = Set.of("webhook", "button");

    /** How many builds of a way back are looked at: more cannot have been started since the ledger last knew. */
    private static final int NEWEST = 20;

    private Set<String> left = Set.of(); // ids of rollbacks, requested or announced; guarded by this

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(15);
    }

    /** What was left and waits still. */
    @Override
    protected void doRun() {
        RollbackEngine.find().ifPresent(this::takeUp);
    }

    private synchronized void remember(RollbackEngine engine) {
        left = Stream.concat(
                        engine.deliveries().unanswered().stream()
                                .filter(engine::isOurs)
                                .map(alert -> alert.text("rollback")),
                        engine.catalog().openRollbacks().stream()
                                .filter(Recovery::isOurs)
                                .map(RollbackInfo::id)
                                .filter(engine::isOurs))
                .collect(Collectors.toSet());
    }

    private synchronized void takeUp(RollbackEngine engine) {
        if (left.isEmpty() || engine.standstill().reason().isPresent()) {
            return;
        }
        Set<String> ids = left;
        left = Set.of();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            engine.deliveries().unanswered().stream()
                    .filter(alert -> ids.contains(alert.text("rollback")))
                    .forEach(alert -> new AlertEffect(engine).carryOut(alert));
            engine.catalog().openRollbacks().stream()
                    .filter(rollback -> ids.contains(rollback.id()))
                    .filter(Recovery::isOurs)
                    .filter(rollback -> !isStarted(rollback))
                    .forEach(rollback -> startAgain(engine, rollback));
        }
    }

    /** When jobs are there and the queue is restored. */
    @Extension
    public static final class AfterStart extends ItemListener {

        @Override
        public void onLoaded() {
            RollbackEngine.find().ifPresent(engine -> {
                Recovery recovery = ExtensionList.lookupSingleton(Recovery.class);
                recovery.remember(engine);
                recovery.takeUp(engine);
            });
        }
    }

    private static boolean isOurs(RollbackInfo rollback) {
        return rollback.state() == RollbackInfo.State.REQUESTED
                && rollback.build() == null
                && OURS.contains(rollback.trigger());
    }

    private static boolean isStarted(RollbackInfo rollback) {
        for (Queue.Item item : Jenkins.get().getQueue().getItems()) {
            if (item.getCauses().stream().anyMatch(cause -> isOf(cause, rollback))) {
                return true;
            }
        }
        Job<?, ?> job = RollbackConfiguration.get()
                .wayBack(rollback.target())
                .map(way -> Jenkins.get().getItemByFullName(way.getJob(), Job.class))
                .orElse(null);
        if (job == null) {
            return false;
        }
        int seen = 0;
        for (Run<?, ?> run : job.getBuilds()) {
            if (run.getCauses().stream().anyMatch(cause -> isOf(cause, rollback))) {
                return true;
            }
            if (++seen == NEWEST) {
                break;
            }
        }
        return false;
    }

    private static boolean isOf(Object cause, RollbackInfo rollback) {
        return cause instanceof RollbackCause of && of.getRollback().equals(rollback.id());
    }

    private static void startAgain(RollbackEngine engine, RollbackInfo rollback) {
        List<Entry> timeline = engine.catalog().timeline(rollback.id());
        try {
            Actor who = actor(engine, timeline, EventKind.ROLLBACK_REQUESTED).orElse(Actor.SYSTEM);
            Authentication as = Course.user(userOf(who, timeline));
            if (as == null) {
                throw new ConditionFailedException("the user who is to start it is not known any more");
            }
            WayBackStarter.start(rollback.target(), rollback.id(), rollback.to(), who, as);
            LOGGER.log(
                    Level.INFO,
                    "Rollback {0} was requested before Jenkins stopped; its way back is started",
                    rollback.id());
        } catch (ConditionFailedException | WayBackException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Rollback {0} was requested before Jenkins stopped; it is called off: {1}",
                    new Object[] {rollback.id(), e.getMessage()});
            try {
                engine.rollbacks().cancelled(rollback.id(), "way back not started", Actor.system("recovery"), null);
            } catch (IOException | ConditionFailedException failed) {
                LOGGER.log(Level.WARNING, "Rollback " + rollback.id() + " could not be called off", failed);
            }
        }
    }

    private static String userOf(Actor who, List<Entry> timeline) {
        if (who.isUser()) {
            return who.id();
        }
        return timeline.stream()
                .filter(entry -> entry.kind() == EventKind.TRIGGER_RECEIVED)
                .flatMap(entry -> RollbackConfiguration.get().webhookEndpoint(entry.text("endpoint")).stream())
                .map(WebhookEndpointConfig::getRunAs)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Actor> actor(RollbackEngine engine, List<Entry> timeline, EventKind kind) {
        return timeline.stream()
                .filter(entry -> entry.kind() == kind)
                .flatMap(entry -> engine.ledger().people().actor(entry.actor()).stream())
                .findFirst();
    }
}
