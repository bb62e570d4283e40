package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service with a repository, a folder that speaks for it, a job {@code SERVICE/deploy} that builds and deploys, and a
 * metric server that watches it. What the service is like in a version stands in its {@code app.json}.
 */
final class DemoProject {

    static final String ENVIRONMENT = "production";

    private static final String FOLDER = "<com.cloudbees.hudson.plugins.folder.Folder plugin=\"cloudbees-folder\"/>";

    private static final String ANALYSIS = String.join(
            "\n",
            "analysis:",
            "  interval: %2$s",
            "  looks: 40",
            "  metrics:",
            "    - name: errors",
            "      kind: ratio",
            "      bad:   {source: %1$s, query: 'sum(increase(http_requests_total{track=\"$track\",code=~\"5..\"}[%2$s]))'}",
            "      total: {source: %1$s, query: 'sum(increase(http_requests_total{track=\"$track\"}[%2$s]))'}",
            "      worse: increase",
            "      tolerance: 0.5",
            "");

    private static final String JENKINSFILE = String.join(
            "\n",
            "node {",
            "    checkout scm",
            "    sh \"./build.sh '${params.VERSION}'\"",
            "    retainRelease service: '%1$s', environment: 'production', version: params.VERSION,",
            "        artifacts: 'target/**, deploy.sh'",
            "}",
            "deployRelease(service: '%1$s', environment: 'production', version: params.VERSION, onFailure: 'rollback') {",
            "    node { sh \"cd '${restoreRelease()}' && ./deploy.sh canary\" }",
            "    canaryGate analysis: 'rollback/canary.yaml'",
            "    node { sh \"cd '${restoreRelease()}' && ./deploy.sh everyone\" }",
            "}",
            "");

    private static final String WAY_BACK = String.join(
            "\n",
            "rollbackRelease(service: '%1$s', environment: 'production', to: params.RELEASE ?: 'last-good'%2$s,",
            "                reason: 'INC-1234 checkout errors') {",
            "    node { sh \"cd '${restoreRelease()}' && ./deploy.sh everyone\" }",
            "}",
            "");

    private final SharedJenkins jenkins;
    private final String service;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final GitRepository repository;
    private int commits;

    /** @param service a name that no other scenario uses */
    DemoProject(SharedJenkins jenkins, String service) throws IOException {
        this.jenkins = jenkins;
        this.service = service;
        repository = new GitRepository(jenkins.server().repositories().resolve(service));
        files.put("build.sh", "#!/bin/sh -e\nmkdir -p target\nsed \"s/VERSION/$1/\" app.json > target/app.json\n");
        files.put(
                "deploy.sh",
                "#!/bin/sh -e\ncurl -fsS --data-binary @target/app.json "
                        + jenkins.world().url(service) + "/deploy/\"$1\"\n");
        files.put("Jenkinsfile", String.format(JENKINSFILE, service));
        files.put("rollback/canary.yaml", analysis(service, "1s"));
    }

    /** @return an analysis of the errors that a metric server counted, with a look each interval */
    static String analysis(String source, String interval) {
        return String.format(ANALYSIS, source, interval);
    }

    /** Puts a file into the repository with the next version. */
    DemoProject with(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** Makes folder and job, claims the service, names the metric server {@code source}. */
    DemoProject set(String source) throws IOException {
        commit(0.01);
        JenkinsClient admin = jenkins.as("admin");
        admin.job(service).create(FOLDER);
        admin.job(jobName()).createFromGit(JenkinsServer.GIT_SERVER + service, "VERSION");
        settings()
                .environment(ENVIRONMENT)
                .claim(service, service)
                .scrape(source, jenkins.world().url(service) + "/metrics");
        return this;
    }

    /**
     * Makes the way back: the job {@code SERVICE/back}.
     *
     * @param options of {@code rollbackRelease}, beginning with a comma, for example {@code , approval: 'people'}
     */
    DemoProject setWayBack(String options) {
        String name = service + "/back";
        String jenkinsfile = String.format(WAY_BACK, service, options);
        jenkins.as("admin").job(name).createPipeline(jenkinsfile, "RELEASE", "ROLLBACK_ID");
        settings().wayBack(service, ENVIRONMENT, name);
        return this;
    }

    /** Starts the way back to what is last-good, as a user. */
    Build goBack(String user) {
        return jenkins.as(user).job(service + "/back").build(Map.of("RELEASE", "", "ROLLBACK_ID", ""));
    }

    /** Deploys versions that are healthy, one after the other. */
    DemoProject deployed(String... versions) throws IOException {
        for (String version : versions) {
            Build build = deploy("alice", version, 0.01);
            if (!build.waitForResult(Duration.ofMinutes(4)).equals("SUCCESS")) {
                throw new AssertionError(build.log());
            }
        }
        return this;
    }

    RollbackSettings settings() {
        return new RollbackSettings(jenkins.as("admin"));
    }

    String service() {
        return service;
    }

    String jobName() {
        return service + "/deploy";
    }

    DemoTracks tracks() {
        return jenkins.world().service(service);
    }

    /** Commits a version that answers this share of its requests with errors, and starts its deployment as a user. */
    Build deploy(String user, String version, double errors) throws IOException {
        commit(errors);
        return jenkins.as(user).job(jobName()).build(Map.of("VERSION", version));
    }

    private void commit(double errors) throws IOException {
        commits++;
        files.put("app.json", "{\"version\": \"VERSION\", \"errors\": " + errors + ", \"commit\": " + commits + "}\n");
        repository.commit(files);
    }
}
