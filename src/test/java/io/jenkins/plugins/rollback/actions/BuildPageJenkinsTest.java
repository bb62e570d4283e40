package io.jenkins.plugins.rollback.actions;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LoggerRule;

/** What a build's page says. A view that cannot read something leaves it out, with no more than a line in the log. */
public class BuildPageJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final LoggerRule log =
            new LoggerRule().record("hudson.ExpressionFactory2", Level.WARNING).capture(100);

    @Test
    public void saysWhatWasRetainedAndDeployed() throws Exception {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setClaims(List.of(new ServiceClaim("checkout", "make")));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "make");
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'a.txt', text: 'a'\n"
                        + "retainRelease service: 'checkout', environment: 'production', version: '1.0', artifacts: 'a.txt' }\n"
                        + "deployRelease(service: 'checkout', environment: 'production', version: '1.0') { echo 'up' }\n",
                true));
        WorkflowRun build =
                jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0).get());
        String page = jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(build)
                .asNormalizedText();
        assertThat(page)
                .contains("Release retained: checkout 1.0")
                .contains("checkout in production: deployment of 1.0")
                .contains("succeeded");
        assertThat(log.getMessages()).isEmpty();
    }
}
