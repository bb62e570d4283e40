package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A controller that restarts in the middle of {@code retainRelease}. */
public class RetainReleaseRestartJenkinsTest {

    /** Without disk behind it, and large enough to be hashed for longer than it takes to restart. */
    private static final long HUGE = 1L << 36;

    @Rule
    public JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void theStepIsDoneAgain() throws Throwable {
        AtomicReference<Path> file = new AtomicReference<>();
        sessions.then(jenkins -> {
            RollbackConfiguration.get().setClaims(List.of(new ServiceClaim("checkout", "make")));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "make");
            job.setDefinition(new CpsFlowDefinition(
                    "node { sh 'truncate -s " + HUGE
                            + " huge.img'; retainRelease service: 'checkout', version: '1.0', artifacts: 'huge.img' }",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Hashing artifacts: ", run);
            file.set(Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote(), "huge.img"));
        });
        try (FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.WRITE)) {
            channel.truncate(0).write(ByteBuffer.wrap("small".getBytes()));
        }
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("make", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Retained checkout/1.0: 1 files, 5 bytes", run);
            assertThat(RollbackEngine.get().catalog().release(new ReleaseId("checkout", "1.0")))
                    .isPresent();
        });
    }
}
