package io.jenkins.plugins.rollback.steps;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Shows on a step's node that it waits, so that stage views do not count the time as work. */
final class GatePause {

    private GatePause() {}

    /** Harmless when it is paused already, after a restart for example. */
    static void begin(FlowNode node, String why) {
        PauseAction now = PauseAction.getCurrentPause(node);
        if (now == null || !now.isPaused()) {
            node.addAction(new PauseAction(why));
        }
    }

    static void end(FlowNode node) throws IOException {
        PauseAction now = node == null ? null : PauseAction.getCurrentPause(node);
        if (now != null && now.isPaused()) {
            PauseAction.endCurrentPause(node);
        }
    }
}
