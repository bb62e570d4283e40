package io.jenkins.plugins.rollback.harness;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.config.WayBackConfig;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A service "checkout" with a job, a way back and some history: what the tests of pages and doors start from. */
public final class Shop {

    /** The service in its environment. */
    public static final Target CHECKOUT = new Target("checkout", "production");

    private static final Actor ALICE = Actor.user("alice");

    private Shop() {}

    /** Makes the jobs {@code checkout} and {@code checkout-rollback}; 1.4.1 runs, 1.4.0 ran before. */
    public static WorkflowJob open(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "checkout");
        job.setDefinition(new CpsFlowDefinition("echo 'deploying'", true));
        WorkflowJob back = jenkins.createProject(WorkflowJob.class, "checkout-rollback");
        back.setDefinition(new CpsFlowDefinition("echo \"back to ${params.RELEASE} for ${params.ROLLBACK_ID}\"", true));
        back.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("RELEASE", ""), new StringParameterDefinition("ROLLBACK_ID", "")));
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setClaims(List.of(new ServiceClaim("checkout", "checkout")));
        configuration.setWayBacks(List.of(new WayBackConfig("checkout", "production", "checkout-rollback")));
        deploy("1.4.0");
        deploy("1.4.1");
        return job;
    }

    /** Retains a release and deploys it with success. */
    public static void deploy(String version) throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        engine.ledger()
                .append(Event.of(EventKind.RELEASE_RETAINED)
                        .release(new ReleaseId("checkout", version))
                        .actor(ALICE)
                        .with("manifest", "ab".repeat(32))
                        .with("files", 3)
                        .with("bytes", 1234)
                        .with("build", "checkout#1"));
        String id = engine.ids().next(Ids.DEPLOYMENT);
        Lease lease = engine.leases().take(CHECKOUT, id, Lease.Purpose.DEPLOYMENT, "checkout#1");
        engine.deployments().started(id, CHECKOUT, version, null, "checkout#1", "rollback", ALICE);
        engine.deployments().succeeded(id, ALICE);
        engine.leases().release(lease);
    }
}
