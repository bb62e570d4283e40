package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Says so in the log when a step runs in a deploying body that does not belong into one: a body may run a second time,
 * and {@code milestone} then ends the build, {@code input} asks in the middle of an emergency, {@code build} starts
 * somebody else's job again.
 */
@Extension
public final class MisplacedSteps implements GraphListener {

    private static final Logger LOGGER = Logger.getLogger(MisplacedSteps.class.getName());

    private static final Set<String> MISPLACED = Set.of("milestone", "input", "build");
    private static final Set<String> BODIES = Set.of("deployRelease", "rollbackRelease");

    @Override
    public void onNewHead(FlowNode node) {
        String step = function(node);
        if (step == null || !MISPLACED.contains(step)) {
            return;
        }
        for (BlockStartNode block : node.getEnclosingBlocks()) {
            String around = function(block);
            if (around != null && BODIES.contains(around)) {
                say(node, step, around);
                return;
            }
        }
    }

    private static String function(FlowNode node) {
        StepDescriptor descriptor = node instanceof StepNode step ? step.getDescriptor() : null;
        return descriptor == null ? null : descriptor.getFunctionName();
    }

    private static void say(FlowNode node, String step, String around) {
        try {
            TaskListener listener = node.getExecution().getOwner().getListener();
            listener.error(Messages.MisplacedSteps_error(step, around));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not say that " + step + " is misplaced", e);
        }
    }
}
