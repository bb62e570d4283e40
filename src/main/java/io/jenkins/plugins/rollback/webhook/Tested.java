package io.jenkins.plugins.rollback.webhook;

import java.util.List;

/** What a test of an endpoint says. */
public final class Tested {

    private final Handled handled;
    private final String proof;

    /** @param proof how the sender's proof was made, or {@code null} when it did not get so far */
    Tested(Handled handled, String proof) {
        this.handled = handled;
        this.proof = proof;
    }

    Handled handled() {
        return handled;
    }

    /** The HTTP status that the sender would get. */
    public int getStatus() {
        return handled.answer().status();
    }

    /** Whether the sender would be told that all is well. */
    public boolean isGood() {
        return getStatus() < 300;
    }

    public String getProof() {
        return proof;
    }

    /** What is wrong with the whole delivery, or what is not read of it; {@code null} for nothing. */
    public String getReason() {
        return handled.effects().isEmpty() ? handled.reason() : null;
    }

    /** What each alert would lead to. */
    public List<EffectView> getEffects() {
        return handled.effects().stream().map(EffectView::new).toList();
    }
}
