package io.jenkins.plugins.rollback.steps;

import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Who stopped a build by hand although the build went on: {@code catchError} and {@code try} can hide that. */
final class UserStops {

    private static final Logger LOGGER = Logger.getLogger(UserStops.class.getName());

    private UserStops() {}

    /** Ids of the users, oldest first. */
    static List<String> of(StepContext context) {
        List<String> users = new ArrayList<>();
        try {
            Run<?, ?> run = context.get(Run.class);
            if (run == null) {
                return users;
            }
            for (InterruptedBuildAction action : run.getActions(InterruptedBuildAction.class)) {
                for (CauseOfInterruption cause : action.getCauses()) {
                    if (cause instanceof CauseOfInterruption.UserInterruption user) {
                        users.add(user.getUserId());
                    }
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return users;
    }
}
