package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A job of a Jenkins, by HTTP. */
public final class Job {

    private static final String PIPELINE = "<flow-definition plugin=\"workflow-job\"><definition"
            + " class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\" plugin=\"workflow-cps\"><script>%s</script>"
            + "<sandbox>true</sandbox></definition></flow-definition>";

    private static final String FROM_GIT = "<flow-definition plugin=\"workflow-job\">%s<definition"
            + " class=\"org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition\" plugin=\"workflow-cps\">"
            + "<scm class=\"hudson.plugins.git.GitSCM\" plugin=\"git\"><configVersion>2</configVersion><userRemoteConfigs>"
            + "<hudson.plugins.git.UserRemoteConfig><url>%s</url></hudson.plugins.git.UserRemoteConfig></userRemoteConfigs>"
            + "<branches><hudson.plugins.git.BranchSpec><name>*/main</name></hudson.plugins.git.BranchSpec></branches></scm>"
            + "<scriptPath>Jenkinsfile</scriptPath><lightweight>true</lightweight></definition></flow-definition>";

    private static final String TEXT_PARAMETER =
            "<hudson.model.StringParameterDefinition><name>%s</name></hudson.model.StringParameterDefinition>";

    private final JenkinsClient client;
    private final String fullName;

    Job(JenkinsClient client, String fullName) {
        this.client = client;
        this.fullName = fullName;
    }

    /** @return the path below Jenkins' address, with a slash at its end: {@code job/team/job/checkout/} */
    public String path() {
        return "job/" + String.join("/job/", fullName.split("/")) + "/";
    }

    /**
     * Creates a Pipeline job that runs in the sandbox.
     *
     * @param jenkinsfile the text
     * @param parameters names of text parameters
     * @return this
     */
    public Job createPipeline(String jenkinsfile, String... parameters) {
        return create(String.format(PIPELINE, escape(jenkinsfile))
                .replace("<definition", parameters(parameters) + "<definition"));
    }

    /**
     * Creates a Pipeline job whose Jenkinsfile lies at the top of a git repository, on the branch {@code main}.
     *
     * @param repository its address
     * @param parameters names of text parameters
     * @return this
     */
    public Job createFromGit(String repository, String... parameters) {
        return create(String.format(FROM_GIT, parameters(parameters), repository));
    }

    private static String parameters(String... names) {
        StringBuilder xml = new StringBuilder();
        for (String name : names) {
            xml.append(String.format(TEXT_PARAMETER, name));
        }
        return xml.isEmpty()
                ? ""
                : "<properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions>" + xml
                        + "</parameterDefinitions></hudson.model.ParametersDefinitionProperty></properties>";
    }

    /**
     * Creates a job or folder, or changes it when it exists.
     *
     * @param configXml its whole configuration
     * @return this
     */
    public Job create(String configXml) {
        int slash = fullName.lastIndexOf('/');
        String parent = slash < 0 ? "" : new Job(client, fullName.substring(0, slash)).path();
        String name = fullName.substring(slash + 1);
        String path = client.get(path() + "api/json").status() == 200
                ? path() + "config.xml"
                : parent + "createItem?name=" + name;
        client.post(path, "application/xml; charset=utf-8", configXml).ok();
        return this;
    }

    /** @return a build that was started without parameters */
    public Build build() {
        return started(client.post(path() + "build?delay=0sec", Map.of()).ok());
    }

    /** @return a build that was started with parameters */
    public Build build(Map<String, String> parameters) {
        return started(client.post(path() + "buildWithParameters?delay=0sec", parameters)
                .ok());
    }

    /** Has a multibranch project look for branches and pull requests. Returns at once. */
    public Job scan() {
        client.post(path() + "build?delay=0", Map.of()).ok();
        return this;
    }

    private Build started(JenkinsClient.Reply reply) {
        String item = reply.location() + "api/json";
        JsonNode executable = Awaitility.await("the build of " + fullName + " leaves the queue")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.get(item).json().path("executable"), JsonNode::isObject);
        return build(executable.get("number").asInt());
    }

    /** @return a build by its number; it need not exist yet */
    public Build build(int number) {
        return new Build(client, path() + number + "/");
    }

    /** @return the newest build */
    public Build lastBuild() {
        return build(client.get(path() + "api/json")
                .json()
                .path("lastBuild")
                .path("number")
                .asInt());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
