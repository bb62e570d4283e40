package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A rollback as a page shows it. */
@ExportedBean
public final class RollbackView {

    private final RollbackInfo info;

    RollbackView(RollbackInfo info) {
        this.info = info;
    }

    @Exported
    public String getId() {
        return info.id();
    }

    @Exported
    public String getService() {
        return info.target().service();
    }

    @Exported
    public String getEnvironment() {
        return info.target().environment();
    }

    /** The version that is left, or {@code null}. */
    @Exported
    public String getFrom() {
        return info.from();
    }

    @Exported
    public String getTo() {
        return info.to();
    }

    @Exported
    public String getState() {
        return info.state().name();
    }

    /** The state in words. */
    public String getStateText() {
        return switch (info.state()) {
            case PROPOSED -> Messages.RollbackView_proposed();
            case REQUESTED -> Messages.RollbackView_requested();
            case STARTED -> Messages.RollbackView_started();
            case DONE -> Messages.RollbackView_done();
            case FAILED -> Messages.RollbackView_failed();
            case CANCELLED -> Messages.RollbackView_cancelled();
        };
    }

    /** {@code good}, {@code bad}, {@code ask} or {@code plain}. */
    public String getTone() {
        return switch (info.state()) {
            case DONE -> "good";
            case FAILED -> "bad";
            case PROPOSED, REQUESTED -> "ask";
            case STARTED, CANCELLED -> "plain";
        };
    }

    /** {@code onFailure}, {@code step}, {@code button}, {@code webhook} or {@code recovery}. */
    @Exported
    public String getTrigger() {
        return info.trigger();
    }

    /** What the verification gate said, or {@code null}. */
    @Exported
    public String getVerification() {
        return info.verification() == null ? null : info.verification().name();
    }

    @Exported(inline = true)
    public BuildLink getBuild() {
        return BuildLink.of(info.build());
    }

    @Exported
    public String getAskedAt() {
        return String.valueOf(info.askedAt());
    }

    public When getAsked() {
        return When.of(info.askedAt());
    }

    public When getEnded() {
        return When.of(info.endedAt());
    }

    /** Number of its first entry in the ledger. */
    @Exported
    public long getEntry() {
        return info.entry();
    }

    /** Whether it waits for somebody to decide whether it happens at all. */
    @Exported
    public boolean isProposed() {
        return info.state() == RollbackInfo.State.PROPOSED;
    }

    @Exported
    public boolean isOpen() {
        return info.isOpen();
    }

    RollbackInfo info() {
        return info;
    }
}
