package io.jenkins.plugins.rollback.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleasePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What administrators decide for the whole controller, in the form under Manage Jenkins » System or as code
 * ({@code unclassified: releaseRollback:}). Every setter refuses a list that makes no sense, with a message that names
 * the fault, and saves.
 */
@Extension
@Symbol("releaseRollback")
public class RollbackConfiguration extends GlobalConfiguration {

    private static final Logger LOGGER = Logger.getLogger(RollbackConfiguration.class.getName());

    private List<EnvironmentConfig> environments = new ArrayList<>();
    private List<MetricSourceConfig> metricSources = new ArrayList<>();
    private List<ApprovalPolicyConfig> approvalPolicies = new ArrayList<>();
    private List<WayBackConfig> wayBacks = new ArrayList<>();
    private List<WebhookEndpointConfig> webhookEndpoints = new ArrayList<>();
    private List<ServiceClaim> claims = new ArrayList<>();
    private List<RetentionConfig> retention = new ArrayList<>();
    private List<ReleaseRetentionConfig> releaseRetention = new ArrayList<>();
    private SharedLedgerConfig sharedLedger;
    private ReleaseStoreConfig releaseStore;
    private List<WitnessConfig> witnesses = new ArrayList<>();

    public RollbackConfiguration() {
        load();
    }

    public static RollbackConfiguration get() {
        return ExtensionList.lookupSingleton(RollbackConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.RollbackConfiguration_displayName();
    }

    /** Takes the form as a whole: a list whose last line was deleted is not in it, and must become empty. */
    @Override
    public synchronized boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            List<EnvironmentConfig> newEnvironments =
                    request.bindJSONToList(EnvironmentConfig.class, json.get("environments"));
            List<MetricSourceConfig> newSources =
                    request.bindJSONToList(MetricSourceConfig.class, json.get("metricSources"));
            List<ApprovalPolicyConfig> newPolicies =
                    request.bindJSONToList(ApprovalPolicyConfig.class, json.get("approvalPolicies"));
            List<WayBackConfig> newWays = request.bindJSONToList(WayBackConfig.class, json.get("wayBacks"));
            List<WebhookEndpointConfig> newEndpoints =
                    request.bindJSONToList(WebhookEndpointConfig.class, json.get("webhookEndpoints"));
            List<ServiceClaim> newClaims = request.bindJSONToList(ServiceClaim.class, json.get("claims"));
            List<RetentionConfig> newRetention = request.bindJSONToList(RetentionConfig.class, json.get("retention"));
            List<ReleaseRetentionConfig> newRules =
                    request.bindJSONToList(ReleaseRetentionConfig.class, json.get("releaseRetention"));
            JSONObject shared = json.optJSONObject("sharedLedger");
            List<WitnessConfig> newWitnesses = request.bindJSONToList(WitnessConfig.class, json.get("witnesses"));
            JSONObject store = json.optJSONObject("releaseStore");
            setReleaseStore(store == null ? null : request.bindJSON(ReleaseStoreConfig.class, store));
            setSharedLedger(shared == null ? null : request.bindJSON(SharedLedgerConfig.class, shared));
            setEnvironments(newEnvironments);
            setMetricSources(newSources);
            setApprovalPolicies(newPolicies);
            setWayBacks(newWays);
            setWebhookEndpoints(newEndpoints);
            setClaims(newClaims);
            setWitnesses(newWitnesses);
            setRetention(newRetention);
            setReleaseRetention(newRules);
            ConfigurationRules.leadSomewhere(webhookEndpoints, environmentNames(), wayBacks);
            change.commit();
            return true;
        } catch (IllegalArgumentException e) {
            load(); // a form that is refused changes nothing, not even the lists before the faulty one
            throw new FormException(e.getMessage(), e, "releaseRollback");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The configuration of Release Rollback could not be saved", e);
            throw new FormException(e, "releaseRollback");
        }
    }

    public synchronized List<EnvironmentConfig> getEnvironments() {
        return Collections.unmodifiableList(environments);
    }

    @DataBoundSetter
    public synchronized void setEnvironments(List<EnvironmentConfig> list) {
        ConfigurationRules.environments(list);
        environments = new ArrayList<>(list);
        save();
    }

    public synchronized List<MetricSourceConfig> getMetricSources() {
        return Collections.unmodifiableList(metricSources);
    }

    @DataBoundSetter
    public synchronized void setMetricSources(List<MetricSourceConfig> list) {
        ConfigurationRules.metricSources(list);
        metricSources = new ArrayList<>(list);
        save();
    }

    public synchronized List<ApprovalPolicyConfig> getApprovalPolicies() {
        return Collections.unmodifiableList(approvalPolicies);
    }

    @DataBoundSetter
    public synchronized void setApprovalPolicies(List<ApprovalPolicyConfig> list) {
        ConfigurationRules.approvalPolicies(list);
        approvalPolicies = new ArrayList<>(list);
        save();
    }

    public synchronized List<WayBackConfig> getWayBacks() {
        return Collections.unmodifiableList(wayBacks);
    }

    @DataBoundSetter
    public synchronized void setWayBacks(List<WayBackConfig> list) {
        ConfigurationRules.wayBacks(list);
        wayBacks = new ArrayList<>(list);
        save();
    }

    public synchronized List<WebhookEndpointConfig> getWebhookEndpoints() {
        return Collections.unmodifiableList(webhookEndpoints);
    }

    @DataBoundSetter
    public synchronized void setWebhookEndpoints(List<WebhookEndpointConfig> list) {
        ConfigurationRules.webhookEndpoints(list);
        webhookEndpoints = new ArrayList<>(list);
        save();
    }

    public synchronized List<ServiceClaim> getClaims() {
        return Collections.unmodifiableList(claims);
    }

    /** For administrators and code; a person who may not administer goes through {@link Claims}. */
    @DataBoundSetter
    public synchronized void setClaims(List<ServiceClaim> list) {
        ConfigurationRules.claims(list);
        claims = new ArrayList<>(list);
        save();
    }

    public synchronized List<RetentionConfig> getRetention() {
        return Collections.unmodifiableList(retention);
    }

    @DataBoundSetter
    public synchronized void setRetention(List<RetentionConfig> list) {
        ConfigurationRules.retention(list);
        retention = new ArrayList<>(list);
        save();
    }

    /** How long which events are kept. */
    public synchronized RetentionPolicy retentionPolicy() {
        return ConfigurationRules.retention(retention);
    }

    public synchronized List<ReleaseRetentionConfig> getReleaseRetention() {
        return Collections.unmodifiableList(releaseRetention);
    }

    @DataBoundSetter
    public synchronized void setReleaseRetention(List<ReleaseRetentionConfig> list) {
        ConfigurationRules.releaseRetention(list);
        releaseRetention = new ArrayList<>(list);
        save();
    }

    /** Which releases are kept. */
    public synchronized ReleasePolicy releasePolicy() {
        return ConfigurationRules.releaseRetention(releaseRetention);
    }

    /** Where the ledger is shared with other controllers, or {@code null} when it is in files. */
    public synchronized SharedLedgerConfig getSharedLedger() {
        return sharedLedger;
    }

    /** Used from the next start of Jenkins on. */
    @DataBoundSetter
    public synchronized void setSharedLedger(SharedLedgerConfig config) {
        if (config != null) {
            config.check();
        }
        sharedLedger = config;
        save();
    }

    /** Where releases are kept besides JENKINS_HOME, or {@code null} for nowhere. */
    public synchronized ReleaseStoreConfig getReleaseStore() {
        return releaseStore;
    }

    /** Used from the next start of Jenkins on. */
    @DataBoundSetter
    public synchronized void setReleaseStore(ReleaseStoreConfig config) {
        if (config != null) {
            config.check();
        }
        releaseStore = config;
        save();
    }

    public synchronized List<WitnessConfig> getWitnesses() {
        return Collections.unmodifiableList(witnesses);
    }

    /** Used at once; what new ones hold is compared first. */
    @DataBoundSetter
    public synchronized void setWitnesses(List<WitnessConfig> list) {
        ConfigurationRules.witnesses(list);
        boolean same = list.size() == witnesses.size()
                && IntStream.range(0, list.size()).allMatch(i -> list.get(i).isSameAs(witnesses.get(i)));
        witnesses = new ArrayList<>(list);
        save();
        if (!same) {
            Guards.refresh();
        }
    }

    /** The closed list. */
    public synchronized TreeSet<String> environmentNames() {
        return environments.stream().map(EnvironmentConfig::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    public synchronized Optional<WayBackConfig> wayBack(Target target) {
        return wayBacks.stream().filter(way -> way.isFor(target)).findFirst();
    }

    public synchronized Optional<WebhookEndpointConfig> webhookEndpoint(String id) {
        return webhookEndpoints.stream()
                .filter(endpoint -> endpoint.getId().equals(id))
                .findFirst();
    }

    /**
     * The policy that a rollback of this target needs: the one bound to it, which a policy that a step names can only
     * tighten; without a bound one, the named one; without either, none.
     *
     * @param named the step's option, or {@code null}
     * @throws IllegalArgumentException when no policy has that name, listing the known ones
     */
    public synchronized Optional<ApprovalPolicy> approvalPolicy(Target target, String named) {
        Optional<ApprovalPolicy> bound = approvalPolicies.stream()
                .filter(policy -> policy.isBoundTo(target))
                .max(Comparator.comparingInt(ApprovalPolicyConfig::precision))
                .map(ApprovalPolicyConfig::toPolicy);
        if (named == null || named.isBlank()) {
            return bound;
        }
        ApprovalPolicy wanted = approvalPolicies.stream()
                .filter(policy -> policy.getId().equals(named))
                .findFirst()
                .map(ApprovalPolicyConfig::toPolicy)
                .orElseThrow(() -> new IllegalArgumentException(Messages.RollbackConfiguration_unknownPolicy(
                        named,
                        approvalPolicies.stream()
                                .map(ApprovalPolicyConfig::getId)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
        return Optional.of(
                bound.map(policy -> ConfigurationRules.tighten(policy, wanted)).orElse(wanted));
    }
}
