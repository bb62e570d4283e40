package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.steps.deploy.BodyEnd;
import io.jenkins.plugins.rollback.steps.deploy.InBody;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import io.jenkins.plugins.rollback.steps.deploy.Outcome;
import io.jenkins.plugins.rollback.steps.deploy.State;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that runs its body once or twice and keeps a {@link State} meanwhile. What is saved with the program is the
 * order, the state and the body; everything else is made anew after a restart.
 *
 * <p>States work on a {@link Lane}: one at a time, away from the CPS thread. A new state is saved before its work
 * begins. The CPS thread swaps states only while the body runs, when no other state can come.
 */
abstract class PassesExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(PassesExecution.class.getName());

    private Order order;
    private volatile State state;
    private volatile BodyExecution body;
    private volatile Throwable stop;
    private int stopsBefore;

    private transient StepHost host;
    private transient Lane lane;
    private transient boolean launching;
    private transient volatile boolean finished;

    PassesExecution(StepContext context) {
        super(context);
    }

    /** To be called at the end of {@code start}. */
    final void begin(Order what, State first) {
        order = what;
        state = first;
        LiveSteps.get().add(this);
        // nothing is recorded before the ids that it is recorded under are saved
        afterSaving();
    }

    final Order order() {
        return order;
    }

    final State state() {
        return state;
    }

    final BodyExecution body() {
        return body;
    }

    /** Whether the deployment or the rollback of this id is this step's. */
    final boolean carriesOut(String id) {
        return id.equals(order.rollback()) || order.isDeploying() && id.equals(order.deployment());
    }

    @Override
    public void onResume() {
        LiveSteps.get().add(this);
        kick();
        host().resumed(state);
    }

    /** Asked only while no body runs (then the steps in it are asked), or by somebody who is in a hurry. */
    @Override
    public void stop(Throwable cause) {
        synchronized (this) {
            if (state instanceof InBody pass && (pass.isLaunched() || launching)) {
                BodyExecution running = body;
                if (running != null && running.cancel(cause)) {
                    return;
                }
            }
            stop = cause;
        }
        afterSaving();
    }

    @Override
    public String getStatus() {
        State now = state;
        return now == null ? "starting" : now.phase().name().toLowerCase(java.util.Locale.ROOT) + ": " + now.status();
    }

    /** Looks again whether something can be done. Returns at once. */
    final void kick() {
        lane().kick();
    }

    /** An entry about this target was recorded. On a worker thread. */
    final void heard(Entry entry) {
        State now = state;
        if (now instanceof InBody pass) {
            host().heard(entry, pass);
        } else {
            kick();
        }
    }

    /** The way to the next state; on the lane. */
    private void advance() {
        State now = state;
        if (finished || now == null) {
            return;
        }
        State next;
        try {
            next = now.next(host(), stop);
        } catch (Error e) { // NOPMD a step that is never ended hangs the build for ever
            LOGGER.log(Level.SEVERE, "Step of " + order.build() + " cannot go on", e);
            finish(Outcome.failure(e));
            return;
        }
        synchronized (this) {
            if (next == now || state != now) {
                return;
            }
            state = next;
        }
        afterSaving();
    }

    /** Saves the program, then goes on. Where the durability setting saves nothing, goes on at once. */
    private void afterSaving() {
        getContext().saveState().addListener(this::kick, Workers.get());
    }

    /** See {@link io.jenkins.plugins.rollback.steps.deploy.Host#launch}. On the lane. */
    final void launch(InBody pass, String label, Map<String, String> variables, DeploymentContext surroundings)
            throws java.io.IOException, InterruptedException {
        EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
        BodyInvoker invoker = getContext()
                .newBodyInvoker()
                .withContext(EnvironmentExpander.merge(outer, EnvironmentExpander.constant(variables)))
                .withContext(surroundings)
                .withDisplayName(label)
                .withCallback(new PassCallback(this));
        synchronized (this) {
            // the body may have begun while the lane got here: then the state is another, and a second body would
            // deploy beside the first
            if (launching || stop != null || state != pass) {
                return;
            }
            launching = true;
            body = invoker.start();
        }
    }

    /** The body began; on the CPS thread. A restart from here on leaves the body to Pipeline. */
    final void begun(StepContext inBody) {
        synchronized (this) {
            stopsBefore = UserStops.of(inBody).size();
            if (state instanceof InBody pass) {
                state = pass.launched();
            }
            launching = false;
        }
    }

    /** The body ended; on the CPS thread. */
    final void ended(StepContext inBody, BodyEnd end) {
        synchronized (this) {
            if (!(state instanceof InBody pass)) {
                return;
            }
            BodyEnd known = end;
            java.util.List<String> stops = UserStops.of(inBody);
            if (end.how() == BodyEnd.How.FAILED && stops.size() > stopsBefore) {
                // somebody stopped the build and the body caught that: what failed then is no reason to run it again
                known = end.butStoppedBy(stops.get(stops.size() - 1));
            }
            state = pass.ended(known);
            body = null;
        }
        afterSaving();
    }

    /** Ends the step. */
    final void finish(Outcome outcome) {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        LiveSteps.get().remove(this);
        if (outcome.error() != null) {
            getContext().onFailure(outcome.error());
        } else {
            getContext().onSuccess(outcome.result());
        }
    }

    private synchronized StepHost host() {
        if (host == null) {
            host = new StepHost(this);
        }
        return host;
    }

    private synchronized Lane lane() {
        if (lane == null) {
            lane = new Lane(Workers.get(), this::advance);
        }
        return lane;
    }
}
