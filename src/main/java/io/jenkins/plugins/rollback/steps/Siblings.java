package io.jenkins.plugins.rollback.steps;

import hudson.model.Result;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.steps.deploy.GateFailedInterruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Ends the parallel branches beside a gate that failed. The gate's own branch is left alone: it ends by the gate's
 * error, or, where the author asked for the verdict instead, may still collect what it wants to collect.
 */
final class Siblings {

    private static final Logger LOGGER = Logger.getLogger(Siblings.class.getName());

    private Siblings() {}

    /**
     * Asks the other branches to end; does not wait for that. Not on the CPS thread.
     *
     * @param body the running pass, or {@code null}
     * @param verdict the gate's entry; {@code node} in it is the id of the gate's flow node
     */
    static void cancel(BodyExecution body, Entry verdict) {
        if (body == null) {
            return;
        }
        String owner = verdict.text("rollback") != null ? verdict.text("rollback") : verdict.text("deployment");
        FlowInterruptedException why =
                new FlowInterruptedException(Result.FAILURE, false, new GateFailedInterruption(owner));
        Collection<StepExecution> running = body.getCurrentExecutions();
        if (running.size() < 2 && verdict.text("node") == null) {
            return; // nothing but the gate's own branch
        }
        for (StepExecution execution : running) {
            try {
                if (isBeside(execution.getContext().get(FlowNode.class), verdict.text("node"))) {
                    execution.stop(why);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) { // NOPMD stop() may throw anything
                LOGGER.log(Level.WARNING, "A branch beside a failed gate could not be ended", e);
            }
        }
    }

    /** Whether a node runs in another branch than the gate; without the gate's node, every branch counts. */
    private static boolean isBeside(FlowNode node, String gateNode) throws IOException {
        if (node == null) {
            return false;
        }
        FlowNode gate = gateNode == null ? null : node.getExecution().getNode(gateNode);
        if (gate == null) {
            return true;
        }
        List<String> gatesBranches = branches(gate);
        // the branch that the node is in and the gate is not, below a fork that both are under
        for (String branch : branches(node)) {
            if (!gatesBranches.contains(branch)) {
                return true;
            }
        }
        return false;
    }

    /** Ids of the starts of the parallel branches around a node. */
    private static List<String> branches(FlowNode node) {
        List<String> ids = new ArrayList<>();
        for (BlockStartNode block : node.getEnclosingBlocks()) {
            if (block.getAction(ThreadNameAction.class) != null) {
                ids.add(block.getId());
            }
        }
        return ids;
    }
}
