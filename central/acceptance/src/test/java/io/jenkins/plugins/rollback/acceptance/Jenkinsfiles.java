package io.jenkins.plugins.rollback.acceptance;

/** Jenkinsfiles for scenarios that need other words than those of {@link DemoProject}. */
final class Jenkinsfiles {

    /** Puts the release where a few users are. */
    static final String CANARY = "    node('') { sh \"cd '${restoreRelease()}' && ./deploy.sh canary\" }\n";

    /** Puts the release where everybody is. */
    static final String EVERYONE = "    node('') { sh \"cd '${restoreRelease()}' && ./deploy.sh everyone\" }\n";

    /** Asks the metric server. */
    static final String GATE = "    canaryGate analysis: 'rollback/canary.yaml'\n";

    /** The version 2.0, and it alone, cannot be deployed. */
    static final String BROKEN = "    if (env.RELEASE_VERSION == '2.0') { error 'broken' }\n";

    private static final String RETAIN = String.join(
            "\n",
            "node {",
            "    checkout scm",
            "    sh \"./build.sh '${params.VERSION}'\"",
            "    retainRelease service: '%1$s', environment: 'production', version: params.VERSION,",
            "        artifacts: 'target/**, deploy.sh'",
            "}",
            "");

    private Jenkinsfiles() {}

    /** @return Groovy that builds and retains the release */
    static String retain(String service) {
        return String.format(RETAIN, service);
    }

    /**
     * Writes a deployment that goes back by itself.
     *
     * @param options of {@code deployRelease}, beginning with a comma, or nothing
     * @param body the words of the deployment
     * @return Groovy
     */
    static String deploy(String service, String options, String body) {
        return "deployRelease(service: '" + service + "', environment: 'production', version: params.VERSION,"
                + " onFailure: 'rollback'" + options + ") {\n" + body + "}\n";
    }

    /** @return an analysis that is never done within a test */
    static String endlessAnalysis(String source) {
        return String.join(
                "\n",
                "analysis:",
                "  interval: 1h",
                "  looks: 10",
                "  metrics:",
                "    - name: errors",
                "      kind: ratio",
                "      bad:   {source: " + source
                        + ", query: 'sum(http_requests_total{track=\"$track\",code=~\"5..\"})'}",
                "      total: {source: " + source + ", query: 'sum(http_requests_total{track=\"$track\"})'}",
                "      worse: increase",
                "");
    }
}
