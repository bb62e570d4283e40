package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.action.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The actions of a way back, each with a line in the timeline once it is done. */
final class Announced {

    private static final Map<String, Phase> PHASES =
            Map.of("isolate", Phase.ISOLATE, "restore", Phase.RESTORE, "start", Phase.RESTORE, "revert", Phase.REVERT);

    private final List<Action> actions;
    private final Diary diary;

    Announced(List<Action> actions, Diary diary) {
        this.actions = actions;
        this.diary = diary;
    }

    List<Action> actions() {
        List<Action> announced = new ArrayList<>();
        for (Action action : actions) {
            announced.add(announce(action));
        }
        return announced;
    }

    private Action announce(Action action) {
        Phase phase = PHASES.get(action.id());
        return new Action() {
            @Override
            public String id() {
                return action.id();
            }

            @Override
            public String describe() {
                return action.describe();
            }

            @Override
            public Probe probe() throws IOException, InterruptedException {
                return action.probe();
            }

            @Override
            public void execute() throws IOException, InterruptedException {
                action.execute();
                diary.reached(phase, action.describe() + ": done");
            }

            @Override
            public void undo() throws IOException, InterruptedException {
                action.undo();
            }
        };
    }
}
