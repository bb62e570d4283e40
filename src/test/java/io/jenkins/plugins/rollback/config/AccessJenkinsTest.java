package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.springframework.security.access.AccessDeniedException;

public class AccessJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Folder shop;
    private WorkflowJob job;

    @Before
    public void aServiceIsClaimed() throws Exception {
        shop = jenkins.createProject(Folder.class, "shop");
        job = shop.createProject(WorkflowJob.class, "checkout");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));
        RollbackConfiguration.get().setEnvironments(List.of(new EnvironmentConfig("production")));
        RollbackConfiguration.get().setClaims(List.of(new ServiceClaim("checkout", "shop")));
    }

    private WorkflowRun build() throws Exception {
        return jenkins.buildAndAssertSuccess(job);
    }

    private static void check(Run<?, ?> run, String service, String environment) throws AbortException {
        Access.check(run, service, environment, RollbackPermissions.EXECUTE);
    }

    @Test
    public void aBuildInTheClaimedFolderMay() throws Exception {
        WorkflowRun run = build();
        assertThatCode(() -> check(run, "checkout", "production")).doesNotThrowAnyException();
        assertThatCode(() -> check(run, "checkout", null)).doesNotThrowAnyException();
    }

    @Test
    public void unknownNamesListTheKnownOnes() throws Exception {
        WorkflowRun run = build();
        assertThatThrownBy(() -> check(run, "chekout", "production"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("unknown service 'chekout'; known: checkout")
                .hasMessageContaining("Rollback/Configure");
        assertThatThrownBy(() -> check(run, "checkout", "prod"))
                .hasMessageContaining("unknown environment 'prod'; known: production");
        assertThatThrownBy(() -> check(run, "../x", "production")).hasMessageContaining("not a valid name");
    }

    @Test
    public void anotherJobDoesNotSpeakForTheService() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "shopping");
        other.setDefinition(new CpsFlowDefinition("echo 'x'", true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(other);
        assertThatThrownBy(() -> check(run, "checkout", "production"))
                .hasMessageContaining("'shopping' does not speak for service 'checkout'");
    }

    @Test
    public void aReplayIsRefused() throws Exception {
        WorkflowRun first = build();
        WorkflowRun replay = (WorkflowRun) first.getAction(ReplayAction.class)
                .run("echo 'something else'", java.util.Map.of())
                .get();
        jenkins.assertBuildStatusSuccess(replay);
        assertThatThrownBy(() -> check(replay, "checkout", "production")).hasMessageContaining("Replay");
    }

    @Test
    public void theBuildsUserNeedsThePermission() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("alice", "dave")
                .grant(RollbackPermissions.EXECUTE)
                .everywhere()
                .to("alice"));
        MockQueueItemAuthenticator as = new MockQueueItemAuthenticator();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(as);
        as.authenticate("shop/checkout", User.getById("dave", true).impersonate2());
        WorkflowRun daves = build();
        assertThatThrownBy(() -> check(daves, "checkout", "production"))
                .hasMessageContaining("runs as 'dave', who lacks the permission Rollback/Execute");
        as.authenticate("shop/checkout", User.getById("alice", true).impersonate2());
        WorkflowRun alices = build();
        assertThatCode(() -> check(alices, "checkout", "production")).doesNotThrowAnyException();
    }

    @Test
    public void theClaimFollowsMoveAndRenameAndEndsWithTheItem() throws Exception {
        RollbackConfiguration.get().setWayBacks(List.of(new WayBackConfig("checkout", "production", "shop/checkout")));
        Folder market = jenkins.createProject(Folder.class, "market");
        shop.renameTo("store");
        assertThat(claimed()).containsExactly("store");
        assertThat(RollbackConfiguration.get().getWayBacks().get(0).getJob()).isEqualTo("store/checkout");
        Items.move(shop, market);
        assertThat(claimed()).containsExactly("market/store");
        jenkins.jenkins.copy(market, "copy");
        assertThat(claimed()).containsExactly("market/store");
        market.delete();
        assertThat(claimed()).isEmpty();
        assertThat(RollbackConfiguration.get().getWayBacks()).isEmpty();
        jenkins.createProject(Folder.class, "market").createProject(Folder.class, "store");
        assertThat(claimed()).isEmpty();
    }

    @Test
    public void aTeamCannotTakeAnotherTeamsService() throws Exception {
        Folder other = jenkins.createProject(Folder.class, "other");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("mallory")
                .grant(RollbackPermissions.CONFIGURE)
                .onItems(other)
                .to("mallory"));
        try (ACLContext ignored = ACL.as2(User.getById("mallory", true).impersonate2())) {
            assertThatThrownBy(() -> Claims.add(other, "checkout", null)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Claims.remove(shop, "checkout")).isInstanceOf(AccessDeniedException.class);
            Claims.add(other, "catalogue", null);
        }
        assertThat(Claims.services()).containsExactly("catalogue", "checkout");
        assertThat(Claims.of("checkout")).hasSize(1);
    }

    private static List<String> claimed() {
        return RollbackConfiguration.get().getClaims().stream()
                .map(ServiceClaim::getItem)
                .toList();
    }
}
