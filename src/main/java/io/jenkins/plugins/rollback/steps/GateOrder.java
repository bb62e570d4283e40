package io.jenkins.plugins.rollback.steps;

import java.io.Serializable;

/** What a gate step was asked to do. Saved with the running program, hence a plain class of texts. */
final class GateOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String analysis;
    private final boolean failBuild;
    private final String service;
    private final String environment;
    private final String verifiedTrack;

    private GateOrder(GateStep step, String verifiedTrack) {
        analysis = step.getAnalysis();
        failBuild = step.isFailBuild();
        service = step.getService();
        environment = step.getEnvironment();
        this.verifiedTrack = verifiedTrack;
    }

    static GateOrder canary(GateStep step) {
        return new GateOrder(step, null);
    }

    static GateOrder verification(GateStep step, String track) {
        return new GateOrder(step, track);
    }

    String analysis() {
        return analysis;
    }

    boolean failBuild() {
        return failBuild;
    }

    /** Or {@code null} for that of the surrounding deployment. */
    String service() {
        return service;
    }

    /** Or {@code null} for that of the surrounding deployment. */
    String environment() {
        return environment;
    }

    /** Whether one track is compared with the recorded baseline, instead of two tracks with each other. */
    boolean isVerification() {
        return verifiedTrack != null;
    }

    /** The track that a verification judges, or {@code null}. */
    String verifiedTrack() {
        return verifiedTrack;
    }

    String stepName() {
        return isVerification() ? "verifyRelease" : "canaryGate";
    }
}
