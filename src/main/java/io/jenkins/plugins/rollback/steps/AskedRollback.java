package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.Util;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.Optional;

/** Finds the rollback that a build was started to carry out, so that asking and doing are one rollback. */
final class AskedRollback {

    private AskedRollback() {}

    /**
     * The rollback that the step names, else the one that the build's parameter ROLLBACK_ID names. The parameter may be
     * meant for another step of the same Pipeline, so one that does not fit the target is passed over.
     *
     * @param named the step's option, or {@code null}
     * @throws AbortException when the named one is not known or is one of another target
     */
    static Optional<RollbackInfo> find(Catalog catalog, Run<?, ?> run, Target target, String named)
            throws AbortException {
        if (named != null) {
            RollbackInfo rollback =
                    catalog.rollback(named).orElseThrow(() -> new AbortException("unknown rollback '" + named + "'"));
            if (!rollback.target().equals(target)) {
                throw new AbortException(
                        "rollback " + named + " is one of " + rollback.target() + ", not of " + target);
            }
            return Optional.of(rollback);
        }
        return parameter(run).flatMap(catalog::rollback).filter(rollback -> rollback.target()
                .equals(target));
    }

    private static Optional<String> parameter(Run<?, ?> run) {
        for (ParametersAction action : run.getActions(ParametersAction.class)) {
            ParameterValue value = action.getParameter(WayBackStarter.ROLLBACK_ID);
            if (value != null && value.getValue() instanceof String text && Util.fixEmptyAndTrim(text) != null) {
                return Optional.of(text.trim());
            }
        }
        return Optional.empty();
    }
}
