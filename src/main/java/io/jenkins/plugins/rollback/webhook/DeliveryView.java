package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.engine.trigger.log.LoggedDelivery;
import java.util.List;

/** A delivery as the endpoint's page shows it. */
public final class DeliveryView {

    private final LoggedDelivery delivery;

    DeliveryView(LoggedDelivery delivery) {
        this.delivery = delivery;
    }

    public When getWhen() {
        return When.of(delivery.at());
    }

    /** Address of the sender, or the user who sent a test. */
    public String getFrom() {
        return delivery.from();
    }

    public String getOutcome() {
        return switch (delivery.outcome()) {
            case TAKEN -> Messages.Outcome_taken();
            case UNREADABLE -> Messages.Outcome_unreadable();
            case FAILED -> Messages.Outcome_failed();
            case TEST -> Messages.Outcome_test();
            case IGNORED -> Messages.Outcome_ignored();
            case REFUSED -> Messages.Outcome_refused();
        };
    }

    /** {@code good}, {@code bad}, {@code ask} or {@code plain}. */
    public String getTone() {
        return switch (delivery.outcome()) {
            case TAKEN -> "good";
            case FAILED, REFUSED -> "bad";
            case UNREADABLE -> "ask";
            case TEST, IGNORED -> "plain";
        };
    }

    public int getStatus() {
        return delivery.status();
    }

    public String getReason() {
        return delivery.reason();
    }

    /** How many equal ones came. */
    public long getTimes() {
        return delivery.times();
    }

    public List<EffectView> getEffects() {
        return delivery.effects().stream().map(EffectView::new).toList();
    }

    public List<String> getHeaders() {
        return delivery.headers();
    }

    /** Masked; empty when it was no JSON. */
    public String getBody() {
        return delivery.body();
    }

    /** Length of the body as it came. */
    public long getBytes() {
        return delivery.bytes();
    }
}
