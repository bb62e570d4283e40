package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.Serializable;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * How a pass through the body ended. What decides is Pipeline's own distinction: a failure (an error, an inner timeout,
 * a lost agent) is a reason to go back, an actual interruption (a person, an enclosing timeout, a newer build) never
 * is, because whoever stops a build does not want it to do more.
 */
public final class BodyEnd implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The three ways. */
    public enum How {
        RETURNED,
        FAILED,
        INTERRUPTED
    }

    private final How how;
    private final String cause;
    private final String user;
    private final Throwable error;

    private BodyEnd(How how, String cause, String user, Throwable error) {
        this.how = how;
        this.cause = cause;
        this.user = user;
        this.error = error;
    }

    public static BodyEnd returned() {
        return new BodyEnd(How.RETURNED, null, null, null);
    }

    /** Classifies what a body threw, or what a step was stopped with. */
    public static BodyEnd threw(Throwable thrown) {
        // the same that Pipeline does before it stores an error: what cannot be saved is replaced by its description
        Throwable error = new ErrorAction(Objects.requireNonNull(thrown, "thrown")).getError();
        if (thrown instanceof FlowInterruptedException interruption) {
            How how = interruption.isActualInterruption() ? How.INTERRUPTED : How.FAILED;
            return new BodyEnd(how, describe(interruption), user(interruption), error);
        }
        return new BodyEnd(How.FAILED, thrown.getClass().getSimpleName(), null, error);
    }

    /** The same end, known to have been wanted by a person although the body hid that. */
    public BodyEnd butStoppedBy(String userId) {
        return new BodyEnd(How.INTERRUPTED, "UserInterruption", userId, error);
    }

    public How how() {
        return how;
    }

    public boolean isInterrupted() {
        return how == How.INTERRUPTED;
    }

    /** Class of what ended it, for the ledger: no free text, no names. {@code null} when it returned. */
    public String cause() {
        return cause;
    }

    /** What it threw, or {@code null} when it returned. */
    public Throwable error() {
        return error;
    }

    /** The person who stopped it, else the product itself. */
    public Actor actor() {
        return user == null ? Actor.SYSTEM : Actor.user(user);
    }

    private static String describe(FlowInterruptedException interruption) {
        return interruption.getCauses().isEmpty()
                ? "FlowInterruptedException"
                : interruption.getCauses().get(0).getClass().getSimpleName();
    }

    private static String user(FlowInterruptedException interruption) {
        return interruption.getCauses().stream()
                .filter(CauseOfInterruption.UserInterruption.class::isInstance)
                .map(cause -> ((CauseOfInterruption.UserInterruption) cause).getUserId())
                .findFirst()
                .orElse(null);
    }
}
