package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;

/** Who speaks for a service: what lies in a folder that does, wherever that is moved to, and nothing else. */
public class FoldersAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final String FOLDER = "<com.cloudbees.hudson.plugins.folder.Folder plugin=\"cloudbees-folder\"/>";

    @Test
    public void aReplayIsRefused() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "replayed", Jenkinsfiles.EVERYONE);
        Job job = JENKINS.as("admin").job("replayed/deploy");
        JENKINS.as("admin").post(job.path() + "1/replay/rebuild", Map.of()).ok();
        Build replay = job.build(2);
        scenario.ended(replay, "FAILURE");
        assertThat(replay.log()).contains("this build is a Replay");
        assertThat(scenario.deploys()).isEmpty();
        assertThat(scenario.wholeStory().stream().filter("deployment.started"::equals))
                .hasSize(1);
    }

    @Test
    public void aClaimFollowsItsFolderAndIsNotInherited() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "renamed", Jenkinsfiles.EVERYONE);
        JenkinsClient admin = JENKINS.as("admin");
        admin.post("job/renamed/confirmRename", Map.of("newName", "renamed-since"))
                .ok();
        scenario.ended(admin.job("renamed-since/deploy").build(Map.of("VERSION", "2.0")), "SUCCESS");

        admin.job("outer").create(FOLDER);
        admin.post("job/renamed-since/move/move", Map.of("destination", "/outer"))
                .ok();
        Job moved = admin.job("outer/renamed-since/deploy");
        scenario.ended(moved.build(Map.of("VERSION", "3.0")), "SUCCESS");
        assertThat(scenario.deploys()).containsExactly("everyone 2.0", "everyone 3.0");

        admin.job("renamed").create(FOLDER);
        assertRefused(scenario, intruder("renamed/deploy", "renamed"));
    }

    @Test
    public void aFolderSpeaksForItsServicesOnly() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "owned", Jenkinsfiles.EVERYONE);
        JenkinsClient admin = JENKINS.as("admin");
        admin.job("owned/inner").create(FOLDER);
        Build inside = intruder("owned/inner/again", "owned");
        scenario.ended(inside, "SUCCESS");
        assertThat(scenario.story()).containsExactly("deployment.started", "deployment.succeeded");

        admin.job("stranger").create(FOLDER);
        assertRefused(scenario, intruder("stranger/deploy", "owned"));
    }

    /** Deploys a release that is there already, from another job. */
    private static Build intruder(String job, String service) {
        return JENKINS.as("admin")
                .job(job)
                .createPipeline("deployRelease(service: '" + service
                        + "', environment: 'production', version: '1.0') { echo 'deploying' }")
                .build();
    }

    private static void assertRefused(Scenario scenario, Build build) {
        int entries = scenario.wholeStory().size();
        scenario.ended(build, "FAILURE");
        assertThat(build.log()).doesNotContain("deploying").contains("speak");
        assertThat(scenario.wholeStory()).hasSize(entries);
    }
}
