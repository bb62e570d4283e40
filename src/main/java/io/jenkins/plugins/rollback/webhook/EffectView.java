package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.actions.TimelineView;
import io.jenkins.plugins.rollback.engine.trigger.log.Effect;
import java.util.List;

/** What an alert led to, as a page shows it: with how the rollback that it announced stands now. */
public final class EffectView {

    private final Effect effect;
    private final TimelineView.Line last; // null when no rollback was announced, or the ledger cannot be read

    EffectView(Effect effect) {
        this.effect = effect;
        List<TimelineView.Line> lines = effect.rollback() == null
                ? List.of()
                : TimelineView.of(effect.rollback()).getLines();
        this.last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
    }

    public String getAbout() {
        return effect.about();
    }

    public String getState() {
        return effect.state();
    }

    /** Why nothing followed, or what would follow; {@code null} where the rollback says it. */
    public String getWhy() {
        return effect.why();
    }

    /** How the rollback stands, as a sentence; {@code null} when there is none. */
    public String getNow() {
        return last == null ? null : last.getWhat();
    }

    /** {@code good}, {@code bad}, {@code ask} or {@code plain}. */
    public String getTone() {
        return last == null ? "plain" : last.getTone();
    }

    /** Id of the rollback that was announced, or {@code null}. */
    public String getRollback() {
        return effect.rollback();
    }

    /** Number of the entry in the ledger; -1 for none. */
    public long getEntry() {
        return effect.entry();
    }
}
