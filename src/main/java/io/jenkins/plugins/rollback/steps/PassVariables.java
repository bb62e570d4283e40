package io.jenkins.plugins.rollback.steps;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a body finds in its environment, and what its stage is called. */
final class PassVariables {

    private PassVariables() {}

    /**
     * The environment variables of a pass; what is not known is left out.
     *
     * @param commit of the release, or {@code null}
     * @param folder where the release lies on the enclosing node, or {@code null}
     */
    static Map<String, String> of(DeploymentContext context, String commit, String folder) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("RELEASE_SERVICE", context.service());
        variables.put("RELEASE_ENVIRONMENT", context.environment());
        variables.put("RELEASE_VERSION", context.version());
        put(variables, "RELEASE_COMMIT", commit);
        put(variables, "RELEASE_DIR", folder);
        put(variables, "DEPLOYMENT_ID", context.deployment());
        if (context.isGoingBack()) {
            variables.put("ROLLBACK_ID", context.rollback());
            put(variables, "ROLLBACK_FROM", context.leaving());
        }
        return variables;
    }

    private static void put(Map<String, String> variables, String name, String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    /** Name of the stage. */
    static String label(DeploymentContext context) {
        return context.isGoingBack()
                ? Messages.PassVariables_back(context.service(), context.version())
                : Messages.PassVariables_forward(context.service(), context.version());
    }
}
