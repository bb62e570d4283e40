package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.ledger.retention.EventClass;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseRule;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

public class ConfigurationJenkinsTest {

    private static final String HERE = "descriptorByName/io.jenkins.plugins.rollback.config.";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    /** The configuration page asks for the validation of every field: on a busy machine that takes its time. */
    @Before
    public void patience() {
        jenkins.timeout = 600; // seconds
    }

    @Test
    public void theFormKeepsEverySetting() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", null, Secret.fromString("s")));
        RollbackConfiguration configuration = fill();
        jenkins.configRoundtrip();
        assertFilled(configuration);
        assertFilled(new RollbackConfiguration()); // and so does the disk
    }

    @Test
    public void theFormCanEmptyEveryList() throws Exception {
        RollbackConfiguration configuration = fill();
        configuration.setEnvironments(List.of());
        configuration.setClaims(List.of());
        configuration.setMetricSources(List.of());
        configuration.setApprovalPolicies(List.of());
        configuration.setWayBacks(List.of());
        configuration.setWebhookEndpoints(List.of());
        configuration.setRetention(List.of());
        configuration.setReleaseRetention(List.of());
        configuration.setSharedLedger(null);
        configuration.setReleaseStore(null);
        configuration.setWitnesses(List.of());
        jenkins.configRoundtrip();
        assertThat(configuration.getWitnesses()).isEmpty();
        assertThat(configuration.retentionPolicy().isForEver()).isTrue();
        assertThat(configuration.releasePolicy().rules()).isEmpty();
        assertThat(configuration.getSharedLedger()).isNull();
        assertThat(configuration.getReleaseStore()).isNull();
        assertThat(configuration.getEnvironments()).isEmpty();
        assertThat(configuration.getWebhookEndpoints()).isEmpty();
    }

    @Test
    public void whatMakesNoSenseIsRefused() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        assertThatThrownBy(() -> configuration.setEnvironments(
                        List.of(new EnvironmentConfig("production"), new EnvironmentConfig("production"))))
                .hasMessageContaining("two entries for environment 'production'");
        assertThatThrownBy(() -> configuration.setEnvironments(List.of(new EnvironmentConfig("<script>"))))
                .hasMessageContaining("is not a valid name");
        assertThatThrownBy(() -> configuration.setMetricSources(
                        List.of(new MetricSourceConfig("prom", "prometheus", "http://user:secret@prom"))))
                .hasMessageContaining("credential")
                .hasMessageNotContaining("secret@");
        assertThatThrownBy(() -> configuration.setMetricSources(
                        List.of(new MetricSourceConfig("prom", "prometheus", "file:///etc/passwd"))))
                .hasMessageContaining("not an http or https URL");
        assertNoSource("'zabbix' is no kind of metric server", new MetricSourceConfig("m", "zabbix", "http://m"));
        assertNoSource("One URL", new MetricSourceConfig("m", "graphite", "http://a\nhttp://b"));
        assertNoSource("kind flux needs a scope", new MetricSourceConfig("m", "flux", "http://influx"));
        assertNoSource("where the values stand", new MetricSourceConfig("m", "json", "http://m/$query"));
        MetricSourceConfig newRelic = new MetricSourceConfig("m", "newrelic", "http://m");
        newRelic.setScope("ours");
        assertNoSource("is a number, not 'ours'", newRelic);
        MetricSourceConfig dynatrace = new MetricSourceConfig("m", "dynatrace", "http://m");
        dynatrace.setScope("ours");
        assertNoSource("kind dynatrace has no scope", dynatrace);
        MetricSourceConfig json = new MetricSourceConfig("m", "json", "http://m/");
        json.setValuesPath("$.value");
        assertNoSource("$query stands neither in the address nor in the body", json);
        MetricSourceConfig late = new MetricSourceConfig("m", "prometheus", "http://m/");
        late.setDelaySeconds(-1);
        assertNoSource("can be negative", late);
        assertThatThrownBy(() -> configuration.setRetention(List.of(new RetentionConfig("parties", "P90D"))))
                .hasMessageContaining("'parties' is no class of events");
        assertThatThrownBy(() -> configuration.setRetention(List.of(new RetentionConfig("actions", "90 days"))))
                .hasMessageContaining("'90 days' is no period like P90D");
        assertThatThrownBy(() -> configuration.setRetention(
                        List.of(new RetentionConfig("actions", "P1Y"), new RetentionConfig("actions", "P2Y"))))
                .hasMessageContaining("two entries for retention of 'actions'");
        ReleaseRetentionConfig rule = new ReleaseRetentionConfig();
        rule.setKeep("90 days");
        assertThatThrownBy(() -> configuration.setReleaseRetention(List.of(rule)))
                .hasMessage("releaseRetention: '90 days' is no period like P90D or P7Y");
        assertThatThrownBy(() -> configuration.setReleaseRetention(
                        List.of(new ReleaseRetentionConfig(), new ReleaseRetentionConfig())))
                .hasMessageContaining("two retention rules for service '*' and environment '*'");
        assertThat(configuration.getReleaseRetention()).isEmpty();
        WebhookEndpointConfig system = new WebhookEndpointConfig("alerts", "hook");
        system.setRunAs("SYSTEM");
        assertThatThrownBy(() -> configuration.setWebhookEndpoints(List.of(system)))
                .hasMessageContaining("never happens as SYSTEM");
        assertRefused("has no signature of its own", endpoint -> endpoint.setAuthentication(Authentication.VENDOR));
        assertRefused("starts with X-", endpoint -> endpoint.setAuthentication(Authentication.HEADER));
        assertRefused("needs a mapping", endpoint -> endpoint.setFormat(AlertFormat.MAPPED));
        assertRefused("says the environment", endpoint -> {
            endpoint.setFormat(AlertFormat.MAPPED);
            endpoint.setService("checkout");
            endpoint.setMapping("state = $.status");
        });
        assertRefused("name the topic", endpoint -> {
            endpoint.setFormat(AlertFormat.CLOUDWATCH);
            endpoint.setAuthentication(Authentication.VENDOR);
        });
        assertRefused("service '../x'", endpoint -> endpoint.setService("../x"));
        for (String url : List.of(
                "jdbc:mysql://db/ledger",
                "jdbc:postgresql://db/ledger?user=x&password=secret",
                "jdbc:postgresql://db/ledger?socketFactory=java.io.FileOutputStream",
                "http://db")) {
            assertThatThrownBy(() -> configuration.setSharedLedger(new SharedLedgerConfig(url, "db")))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("sharedLedger: ")
                    .hasMessageNotContaining("secret");
        }
        assertThat(configuration.getSharedLedger()).isNull();
        for (WitnessConfig witness : List.of(
                new WitnessConfig("file", "checkpoint"),
                new WitnessConfig("http", "ftp://witness.example.org"),
                new WitnessConfig("http", "https://me:secret@witness.example.org"),
                new WitnessConfig("git", "https://me:secret@git.example.org/checkpoints.git"),
                new WitnessConfig("git", "--upload-pack=touch x"),
                new WitnessConfig("pigeon", "loft"))) {
            assertThatThrownBy(() -> configuration.setWitnesses(List.of(witness)))
                    .as(witness.getAddress())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("witnesses: ")
                    .hasMessageNotContaining("secret");
        }
        WitnessConfig same = new WitnessConfig("http", "http://127.0.0.1:1/jenkins");
        assertThatThrownBy(() -> configuration.setWitnesses(List.of(same, same)))
                .hasMessageContaining("two entries for witness");
        assertThat(configuration.getWitnesses()).isEmpty();
        assertThat(configuration.getEnvironments()).isEmpty();
    }

    @Test
    public void aStepCanOnlyTightenABoundPolicy() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        ApprovalPolicyConfig bound = new ApprovalPolicyConfig("production");
        bound.setApprovers("bob, carol");
        bound.setEnvironment("production");
        bound.setQuorum(2);
        ApprovalPolicyConfig lax = new ApprovalPolicyConfig("lax");
        lax.setApprovers("carol, mallory");
        lax.setRequesterMayApprove(true);
        lax.setExpiryMinutes(5);
        bound.setGroups("security");
        lax.setGroups("security: 2, operations : 1");
        bound.setReasonPattern("INC-\\d+");
        lax.setReasonPattern(".");
        configuration.setApprovalPolicies(List.of(bound, lax));
        Target production = new Target("checkout", "production");

        ApprovalPolicy both = configuration.approvalPolicy(production, "lax").orElseThrow();
        assertThat(both.approvers())
                .as("security is the bound policy's own wish")
                .containsExactly("carol", "security");
        assertThat(both.quorum()).isEqualTo(2);
        assertThat(both.groups()).containsExactly(Map.entry("operations", 1), Map.entry("security", 2));
        assertThat(both.people()).isEqualTo(3);
        assertThat(both.reasonPattern()).isEqualTo("INC-\\d+");
        assertThat(both.requesterMayApprove()).isFalse();
        assertThat(both.expiry()).hasMinutes(5);
        assertThat(configuration.approvalPolicy(production, null).orElseThrow().id())
                .isEqualTo("production");
        assertThat(configuration.approvalPolicy(new Target("checkout", "staging"), null))
                .isEmpty();
        assertThatThrownBy(() -> configuration.approvalPolicy(production, "nonesuch"))
                .hasMessageContaining("lax, production");
    }

    @Test
    public void groupsAndPatternsThatAreNoneAreRefusedWithTheirPolicy() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        Map.of(
                        "security: 0", "'security: 0' is not a group and how many of it",
                        "security: many", "'security: many' is not a group and how many of it",
                        ": 2", "': 2' is not a group and how many of it",
                        "security: 1, security", "Group 'security' is there twice")
                .forEach((groups, problem) -> {
                    ApprovalPolicyConfig policy = new ApprovalPolicyConfig("production");
                    policy.setGroups(groups);
                    assertThatThrownBy(() -> configuration.setApprovalPolicies(List.of(policy)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("approval policy 'production': " + problem);
                });
        ApprovalPolicyConfig policy = new ApprovalPolicyConfig("production");
        policy.setReasonPattern("INC-(");
        assertThatThrownBy(() -> configuration.setApprovalPolicies(List.of(policy)))
                .hasMessageStartingWith("approval policy 'production': 'INC-(' is no regular expression: ");
        assertThat(configuration.getApprovalPolicies()).isEmpty();
    }

    @Test
    public void validationIsForAdministratorsAndByPostAlone() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(jenkins.jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(jenkins.jenkins.READ)
                .everywhere()
                .to("alice"));
        for (String url : List.of(
                "EnvironmentConfig/checkName?value=x",
                "MetricSourceConfig/checkUrls?value=http://x&kind=prometheus",
                "MetricSourceConfig/checkScope?value=&kind=flux",
                "MetricSourceConfig/checkValuesPath?value=x&kind=json",
                "MetricSourceConfig/checkTimesPath?value=x",
                "MetricSourceConfig/checkDelaySeconds?value=x",
                "MetricSourceConfig/checkRequestsPerMinute?value=x",
                "MetricSourceConfig/testConnection?id=prom",
                "ReleaseStoreConfig/checkLocation?value=x&kind=s3",
                "ReleaseStoreConfig/checkEndpoint?value=x",
                "ReleaseStoreConfig/checkLockDays?value=x",
                "ReleaseStoreConfig/checkCacheMegabytes?value=x",
                "ReleaseStoreConfig/testConnection?kind=folder&location=x",
                "SharedLedgerConfig/checkUrl?value=x",
                "SharedLedgerConfig/testConnection?url=x&credentialsId=y",
                "WitnessConfig/checkAddress?value=x&kind=file",
                "WitnessConfig/testWitness?kind=file&address=x",
                "WayBackConfig/checkJob?value=x",
                "WebhookEndpointConfig/checkRunAs?value=x",
                "WebhookEndpointConfig/checkAuthentication?value=VENDOR&format=SENTRY",
                "WebhookEndpointConfig/checkMapping?value=x&format=MAPPED",
                // while the browser has not filled the list boxes, it sends nothing for them
                "WebhookEndpointConfig/checkCredentialsId?value=x",
                "WebhookEndpointConfig/checkAuthentication",
                "WebhookEndpointConfig/checkMapping?value=x",
                "ServiceClaim/checkItem?value=x",
                "ApprovalPolicyConfig/checkGroups?value=x",
                "ApprovalPolicyConfig/checkReasonPattern?value=x",
                "ApprovalPolicyConfig/checkQuorum?value=1&approvers=")) {
            assertThat(status("admin", HttpMethod.POST, url)).as(url).isEqualTo(200);
            assertThat(status("alice", HttpMethod.POST, url)).as(url).isEqualTo(403);
            assertThat(status("admin", HttpMethod.GET, url)).as(url).isIn(404, 405);
        }
    }

    private int status(String user, HttpMethod method, String url) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        client.login(user);
        WebRequest request = new WebRequest(client.createCrumbedUrl(HERE + url), method);
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    private static void assertNoSource(String message, MetricSourceConfig source) {
        assertThatThrownBy(() -> RollbackConfiguration.get().setMetricSources(List.of(source)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metric source 'm': ")
                .hasMessageContaining(message);
    }

    private static void assertRefused(String message, Consumer<WebhookEndpointConfig> change) {
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setRunAs("monitor");
        change.accept(endpoint);
        assertThatThrownBy(() -> RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message.startsWith("service") ? message : "webhook endpoint 'alerts': ")
                .hasMessageContaining(message);
    }

    @Test
    public void anEndpointThatLeadsNowhereIsRefused() {
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setService("checkout");
        endpoint.setEnvironment("production");
        List<WebhookEndpointConfig> list = List.of(endpoint);
        List<WayBackConfig> ways = List.of(new WayBackConfig("checkout", "production", "back"));

        ConfigurationRules.leadSomewhere(list, Set.of("production"), List.of());
        assertThatThrownBy(() -> ConfigurationRules.leadSomewhere(list, Set.of("staging"), ways))
                .hasMessageContaining("environment 'production' is not one of [staging]");
        endpoint.setRule(WebhookEndpointConfig.Rule.START);
        ConfigurationRules.leadSomewhere(list, Set.of("production"), ways);
        assertThatThrownBy(() -> ConfigurationRules.leadSomewhere(list, Set.of("production"), List.of()))
                .hasMessageContaining("start the way back of checkout in production, and there is none");
    }

    private static RollbackConfiguration fill() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("staging"), new EnvironmentConfig("production")));
        ServiceClaim claim = new ServiceClaim("checkout", "shop/checkout");
        claim.setBranches("main, release/*");
        configuration.setClaims(List.of(claim));
        MetricSourceConfig mimir = new MetricSourceConfig("prom", "prometheus", "https://prometheus.example.org");
        mimir.setScope("team-a");
        mimir.setRequestsPerMinute(120);
        mimir.setDelaySeconds(15);
        MetricSourceConfig json =
                new MetricSourceConfig("own", "json", "https://metrics.example.org/api?from=$from&to=$to");
        json.setBody("{\"find\": \"$query\"}");
        json.setValuesPath("$.points[*].value");
        json.setTimesPath("$.points[*].at");
        MetricSourceConfig aws =
                new MetricSourceConfig("aws", "cloudwatch", "https://monitoring.eu-west-1.amazonaws.com");
        aws.setScope("eu-west-1");
        aws.setCredentialsId("hook");
        configuration.setMetricSources(List.of(
                mimir,
                new MetricSourceConfig(
                        "pages",
                        "scrape",
                        "track=baseline http://10.0.0.5:8080/metrics\ntrack=canary http://10.0.0.6:8080/metrics"),
                json,
                aws));
        ApprovalPolicyConfig policy = new ApprovalPolicyConfig("production");
        policy.setApprovers("bob, release-managers");
        policy.setQuorum(2);
        policy.setExpiryMinutes(30);
        policy.setEnvironment("production");
        policy.setRequesterMayApprove(true);
        policy.setGroups("security: 1");
        policy.setReasonPattern("INC-\\d+");
        configuration.setApprovalPolicies(List.of(policy));
        configuration.setWayBacks(List.of(new WayBackConfig("checkout", "production", "shop/rollback")));
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setRunAs("monitor");
        endpoint.setRule(WebhookEndpointConfig.Rule.START);
        WebhookEndpointConfig mapped = new WebhookEndpointConfig("zabbix", "hook");
        mapped.setRunAs("monitor");
        mapped.setFormat(AlertFormat.MAPPED);
        mapped.setAuthentication(Authentication.HEADER);
        mapped.setTokenHeader("X-Token");
        mapped.setMapping("state = $.status\nenvironment = $.env");
        mapped.setService("checkout");
        configuration.setWebhookEndpoints(List.of(endpoint, mapped));
        configuration.setRetention(
                List.of(new RetentionConfig("deliveries", "P90D"), new RetentionConfig("decisions", "P7Y")));
        ReleaseRetentionConfig everywhere = new ReleaseRetentionConfig();
        everywhere.setLastGood(10);
        ReleaseRetentionConfig checkout = new ReleaseRetentionConfig();
        checkout.setService("checkout");
        checkout.setEnvironment("production");
        checkout.setLastGood(5);
        checkout.setKeep("P90D");
        checkout.setVersions("*.0.0, *-lts");
        configuration.setReleaseRetention(List.of(everywhere, checkout));
        configuration.setSharedLedger(new SharedLedgerConfig("jdbc:postgresql://db.example.org:5432/ledger", "db"));
        ReleaseStoreConfig store = new ReleaseStoreConfig("s3", "releases/jenkins-1");
        store.setUse("primary");
        store.setCredentialsId("hook");
        store.setRegion("eu-central-1");
        store.setEndpoint("https://s3.example.org");
        store.setEncryption("aws:kms");
        store.setKmsKey("alias/releases");
        store.setLockDays(30);
        store.setCacheMegabytes(500);
        configuration.setReleaseStore(store);
        WitnessConfig branch = new WitnessConfig("git", "/nonexistent/checkpoints.git");
        branch.setBranch("jenkins-1");
        WitnessConfig url = new WitnessConfig("http", "http://127.0.0.1:1/jenkins");
        url.setCredentialsId("hook");
        configuration.setWitnesses(List.of(branch, url));
        return configuration;
    }

    static void assertFilled(RollbackConfiguration configuration) {
        assertThat(configuration.environmentNames()).containsExactly("production", "staging");
        ServiceClaim claim = configuration.getClaims().get(0);
        assertThat(claim.getService()).isEqualTo("checkout");
        assertThat(claim.getItem()).isEqualTo("shop/checkout");
        assertThat(claim.getBranches()).isEqualTo("main, release/*");
        assertMetricSources(configuration.getMetricSources());
        ApprovalPolicyConfig policy = configuration.getApprovalPolicies().get(0);
        assertThat(policy.toPolicy().approvers()).containsExactly("bob", "release-managers", "security");
        assertThat(policy.getQuorum()).isEqualTo(2);
        assertThat(policy.toPolicy().groups()).containsExactly(Map.entry("security", 1));
        assertThat(policy.getReasonPattern()).isEqualTo("INC-\\d+");
        assertThat(policy.getExpiryMinutes()).isEqualTo(30);
        assertThat(policy.getEnvironment()).isEqualTo("production");
        assertThat(policy.getService()).isNull();
        assertThat(policy.isRequesterMayApprove()).isTrue();
        assertThat(configuration
                        .wayBack(new Target("checkout", "production"))
                        .orElseThrow()
                        .getJob())
                .isEqualTo("shop/rollback");
        WebhookEndpointConfig endpoint = configuration.webhookEndpoint("alerts").orElseThrow();
        assertThat(endpoint.getCredentialsId()).isEqualTo("hook");
        assertThat(endpoint.getPreviousCredentialsId()).isNull();
        assertThat(endpoint.getRunAs()).isEqualTo("monitor");
        assertThat(endpoint.getRule()).isEqualTo(WebhookEndpointConfig.Rule.START);
        assertThat(endpoint.getFormat()).isEqualTo(AlertFormat.PLAIN);
        assertThat(endpoint.getAuthentication()).isEqualTo(Authentication.SIGNED);
        WebhookEndpointConfig mapped = configuration.webhookEndpoint("zabbix").orElseThrow();
        assertThat(mapped.getFormat()).isEqualTo(AlertFormat.MAPPED);
        assertThat(mapped.getAuthentication()).isEqualTo(Authentication.HEADER);
        assertThat(mapped.getTokenHeader()).isEqualTo("X-Token");
        assertThat(mapped.getMapping().lines()).containsExactly("state = $.status", "environment = $.env");
        assertThat(mapped.getService()).isEqualTo("checkout");
        assertThat(mapped.getEnvironment()).isNull();
        assertThat(configuration.retentionPolicy().periods())
                .containsOnly(
                        Map.entry(EventClass.DELIVERIES, Period.ofDays(90)),
                        Map.entry(EventClass.DECISIONS, Period.ofYears(7)));
        assertThat(configuration.releasePolicy().rules())
                .containsExactly(
                        new ReleaseRule(null, null, 10, null, List.of()),
                        new ReleaseRule("checkout", "production", 5, Period.ofDays(90), List.of("*.0.0", "*-lts")));
        assertThat(configuration.getSharedLedger().getUrl()).isEqualTo("jdbc:postgresql://db.example.org:5432/ledger");
        assertThat(configuration.getSharedLedger().getCredentialsId()).isEqualTo("db");
        ReleaseStoreConfig store = configuration.getReleaseStore();
        assertThat(store.getKind()).isEqualTo("s3");
        assertThat(store.getLocation()).isEqualTo("releases/jenkins-1");
        assertThat(store.getUse()).isEqualTo("primary");
        assertThat(store.getCredentialsId()).isEqualTo("hook");
        assertThat(store.getRegion()).isEqualTo("eu-central-1");
        assertThat(store.getEndpoint()).isEqualTo("https://s3.example.org");
        assertThat(store.getEncryption()).isEqualTo("aws:kms");
        assertThat(store.getKmsKey()).isEqualTo("alias/releases");
        assertThat(store.getLockDays()).isEqualTo(30);
        assertThat(store.getCacheMegabytes()).isEqualTo(500);
        assertThat(configuration.getWitnesses())
                .extracting(WitnessConfig::getKind, WitnessConfig::getAddress)
                .containsExactly(
                        tuple("git", "/nonexistent/checkpoints.git"), tuple("http", "http://127.0.0.1:1/jenkins"));
        assertThat(configuration.getWitnesses().get(0).getBranch()).isEqualTo("jenkins-1");
        assertThat(configuration.getWitnesses().get(0).getCredentialsId()).isNull();
        assertThat(configuration.getWitnesses().get(1).getBranch()).isNull();
        assertThat(configuration.getWitnesses().get(1).getCredentialsId()).isEqualTo("hook");
    }

    private static void assertMetricSources(List<MetricSourceConfig> sources) {
        assertThat(sources)
                .extracting(MetricSourceConfig::getId, MetricSourceConfig::getKind, MetricSourceConfig::getScope)
                .containsExactly(
                        tuple("prom", "prometheus", "team-a"),
                        tuple("pages", "scrape", null),
                        tuple("own", "json", null),
                        tuple("aws", "cloudwatch", "eu-west-1"));
        MetricSourceConfig prom = sources.get(0);
        assertThat(prom.getRequestsPerMinute()).isEqualTo(120);
        assertThat(prom.getDelaySeconds()).isEqualTo(15);
        assertThat(MetricPages.of(sources.get(1).getUrls()).get(1).labels()).containsEntry("track", "canary");
        MetricSourceConfig own = sources.get(2);
        assertThat(own.getUrls()).isEqualTo("https://metrics.example.org/api?from=$from&to=$to");
        assertThat(own.getBody()).isEqualTo("{\"find\": \"$query\"}");
        assertThat(own.getValuesPath()).isEqualTo("$.points[*].value");
        assertThat(own.getTimesPath()).isEqualTo("$.points[*].at");
        assertThat(sources.get(3).getCredentialsId()).isEqualTo("hook");
        assertThat(sources.get(3).getRequestsPerMinute()).isZero();
    }
}
