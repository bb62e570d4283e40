package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.action.Probe;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out an ordered list of actions with the ledger as the journal: intent before each, outcome after. To resume
 * after a crash, call {@link #run} again with the same list: what is noted as done is skipped, and where a note is
 * missing {@link Action#probe} decides what remains, so that no effect comes twice. The lease is checked, atomically
 * with each note, before every action.
 */
public final class RollbackRunner {

    private final Ledger ledger;
    private final Catalog catalog;

    /** @param catalog attached to the ledger */
    public RollbackRunner(Ledger ledger, Catalog catalog) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * Carries out what remains, in order, until all is done or one does not get done. An action that failed before is
     * tried again.
     *
     * @param rollback id of a started rollback
     * @param lease held for it
     * @param actions the same at each call, ids unique
     * @throws IOException when the ledger could not be written: nothing more is begun, and a later call resumes
     * @throws InterruptedException when interrupted within an action; a later call resumes
     * @throws IllegalArgumentException when two actions have the same id
     */
    public RunOutcome run(String rollback, Lease lease, List<Action> actions, Actor actor)
            throws IOException, InterruptedException {
        requireUniqueIds(actions);
        Journal journal = new Journal(ledger, catalog, rollback, lease, actor);
        for (Action action : actions) {
            try {
                Optional<RunOutcome> end = carryOut(journal, action);
                if (end.isPresent()) {
                    return end.get();
                }
            } catch (ConditionFailedException e) {
                return new RunOutcome(RunOutcome.End.FENCED_OFF, action.id(), e.getMessage());
            }
        }
        return RunOutcome.done();
    }

    private static Optional<RunOutcome> carryOut(Journal journal, Action action)
            throws IOException, InterruptedException, ConditionFailedException {
        EventKind last = journal.last(action).orElse(null);
        if (last == EventKind.ACTION_DONE) {
            return Optional.empty();
        }
        journal.requireLease();
        Probe probe = ask(action);
        boolean begun = last == EventKind.ACTION_STARTED || last == EventKind.ACTION_FAILED;
        if (begun && probe == Probe.UNKNOWN) {
            return Optional.of(new RunOutcome(
                    RunOutcome.End.UNKNOWN,
                    action.id(),
                    "it was begun before and how far it got cannot be told: " + action.describe()));
        }
        if (last != EventKind.ACTION_STARTED) {
            journal.note(EventKind.ACTION_STARTED, action, null, false);
        }
        if (probe != Probe.HOLDS) {
            try {
                action.execute();
            } catch (IOException | RuntimeException e) {
                journal.note(EventKind.ACTION_FAILED, action, e.getClass().getSimpleName(), false);
                return Optional.of(new RunOutcome(RunOutcome.End.FAILED, action.id(), String.valueOf(e.getMessage())));
            }
        }
        journal.note(EventKind.ACTION_DONE, action, null, probe == Probe.HOLDS);
        return Optional.empty();
    }

    private static Probe ask(Action action) throws InterruptedException {
        try {
            return action.probe();
        } catch (IOException | RuntimeException e) {
            return Probe.UNKNOWN; // asking failed, and that is no answer
        }
    }

    /**
     * Takes back, in reverse order, what was done or begun. To resume, call it again.
     *
     * @return DONE when nothing is left of any action; FAILED at the first one that cannot be taken back
     * @throws IOException when the ledger could not be written
     * @throws InterruptedException when interrupted within an action
     */
    public RunOutcome undo(String rollback, Lease lease, List<Action> actions, Actor actor)
            throws IOException, InterruptedException {
        requireUniqueIds(actions);
        Journal journal = new Journal(ledger, catalog, rollback, lease, actor);
        for (int i = actions.size() - 1; i >= 0; i--) {
            Action action = actions.get(i);
            EventKind last = journal.last(action).orElse(null);
            if (last == null || last == EventKind.ACTION_UNDONE) {
                continue;
            }
            try {
                journal.requireLease();
                try {
                    action.undo();
                } catch (IOException | RuntimeException e) {
                    return new RunOutcome(RunOutcome.End.FAILED, action.id(), String.valueOf(e.getMessage()));
                }
                journal.note(EventKind.ACTION_UNDONE, action, null, false);
            } catch (ConditionFailedException e) {
                return new RunOutcome(RunOutcome.End.FENCED_OFF, action.id(), e.getMessage());
            }
        }
        return RunOutcome.done();
    }

    private static void requireUniqueIds(List<Action> actions) {
        Set<String> ids = new HashSet<>();
        for (Action action : actions) {
            if (!ids.add(action.id())) {
                throw new IllegalArgumentException("two actions are called " + action.id());
            }
        }
    }
}
