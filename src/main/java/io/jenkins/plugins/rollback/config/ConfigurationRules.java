package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleasePolicy;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which lists {@link RollbackConfiguration} accepts, from the form and from code alike. Each method throws
 * {@link IllegalArgumentException} that says what is wrong.
 */
final class ConfigurationRules {

    private ConfigurationRules() {}

    static void environments(List<EnvironmentConfig> list) {
        unique("environment", list, EnvironmentConfig::getName);
    }

    static void metricSources(List<MetricSourceConfig> list) {
        unique("metric source", list, MetricSourceConfig::getId);
        for (MetricSourceConfig source : list) {
            try {
                source.make();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("metric source '" + source.getId() + "': " + e.getMessage(), e);
            }
        }
    }

    static void approvalPolicies(List<ApprovalPolicyConfig> list) {
        unique("approval policy", list, ApprovalPolicyConfig::getId);
        Set<String> bindings = new HashSet<>();
        for (ApprovalPolicyConfig policy : list) {
            String named = "approval policy '" + policy.getId() + "': ";
            require(policy.getQuorum() >= 1, named + "the quorum is at least 1");
            require(policy.getExpiryMinutes() >= 1, named + "the time to answer is at least 1 minute");
            try {
                policy.toPolicy();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(named + e.getMessage(), e);
            }
            optional("service", policy.getService());
            optional("environment", policy.getEnvironment());
            if (policy.precision() > 0) {
                require(
                        bindings.add(policy.getService() + "/" + policy.getEnvironment()),
                        named + "another policy is bound to the same service and environment");
            }
        }
    }

    /** The schedule that the lines make together. */
    static RetentionPolicy retention(List<RetentionConfig> list) {
        unique("retention of", list, RetentionConfig::getEvents);
        RetentionPolicy policy = RetentionPolicy.FOR_EVER;
        for (RetentionConfig line : list) {
            policy = line.in(policy);
        }
        return policy;
    }

    /** The policy that the rules make together. */
    static ReleasePolicy releaseRetention(List<ReleaseRetentionConfig> list) {
        try {
            return new ReleasePolicy(
                    list.stream().map(ReleaseRetentionConfig::toRule).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("releaseRetention: " + e.getMessage(), e);
        }
    }

    static void wayBacks(List<WayBackConfig> list) {
        unique("way back", list, way -> {
            Names.require("service", way.getService());
            Names.require("environment", way.getEnvironment());
            return way.getService() + "+" + way.getEnvironment();
        });
        for (WayBackConfig way : list) {
            require(
                    way.getJob() != null && !way.getJob().isEmpty(),
                    "the way back of " + way.getService() + " in " + way.getEnvironment() + " names no job");
        }
    }

    static void webhookEndpoints(List<WebhookEndpointConfig> list) {
        unique("webhook endpoint", list, WebhookEndpointConfig::getId);
        for (WebhookEndpointConfig endpoint : list) {
            String named = "webhook endpoint '" + endpoint.getId() + "': ";
            boolean secret = endpoint.getAuthentication().needsSecret(endpoint.getFormat());
            require(endpoint.getCredentialsId() != null || !secret, named + "a secret is required");
            optional("service", endpoint.getService());
            optional("environment", endpoint.getEnvironment());
            require(endpoint.getRunAs() != null, named + "say as which user its effect happens");
            boolean system = "SYSTEM".equalsIgnoreCase(endpoint.getRunAs());
            require(!system, named + "its effect never happens as SYSTEM");
            try {
                endpoint.toVerifier(Clock.systemUTC());
                endpoint.toParser();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(named + e.getMessage(), e);
            }
        }
    }

    /**
     * Refuses endpoints that fix what is not there. Asked when a form is saved; as code the lists come one after the other,
     * and an alert that leads nowhere then says so in the ledger.
     */
    static void leadSomewhere(
            List<WebhookEndpointConfig> endpoints, Set<String> environments, List<WayBackConfig> wayBacks) {
        for (WebhookEndpointConfig endpoint : endpoints) {
            String named = "webhook endpoint '" + endpoint.getId() + "': ";
            String environment = endpoint.getEnvironment();
            require(
                    environment == null || environments.contains(environment),
                    named + "environment '" + environment + "' is not one of " + environments);
            boolean starts = endpoint.getRule() == WebhookEndpointConfig.Rule.START;
            if (starts && endpoint.getService() != null && environment != null) {
                Target target = new Target(endpoint.getService(), environment);
                require(
                        wayBacks.stream().anyMatch(way -> way.isFor(target)),
                        named + "it is to start the way back of " + target + ", and there is none");
            }
        }
    }

    static void claims(List<ServiceClaim> list) {
        Set<String> seen = new HashSet<>();
        for (ServiceClaim claim : list) {
            Names.require("service", claim.getService());
            require(
                    claim.getItem() != null && !claim.getItem().isEmpty(),
                    "the claim of service '" + claim.getService() + "' names no folder or job");
            require(
                    seen.add(claim.getService() + " " + claim.getItem()),
                    "service '" + claim.getService() + "' is claimed twice for '" + claim.getItem() + "'");
        }
    }

    static void witnesses(List<WitnessConfig> list) {
        Set<String> seen = new HashSet<>();
        for (WitnessConfig witness : list) {
            String name;
            try {
                name = witness.toWitness().name();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("witnesses: " + e.getMessage(), e);
            }
            require(seen.add(name), "there are two entries for witness '" + name + "'");
        }
    }

    /**
     * What satisfies both: a step may ask for more than administrators did, never for less. Of two patterns for the
     * reason the administrators' one holds.
     */
    static ApprovalPolicy tighten(ApprovalPolicy bound, ApprovalPolicy named) {
        SortedSet<String> approvers = new TreeSet<>(bound.approvers());
        if (approvers.isEmpty()) {
            approvers.addAll(named.approvers());
        } else if (!named.approvers().isEmpty()) {
            approvers.retainAll(named.approvers());
            if (approvers.isEmpty()) {
                approvers.addAll(bound.approvers()); // two lists without a common name: the administrators' one
            }
        }
        SortedMap<String, Integer> groups = new TreeMap<>(bound.groups());
        named.groups().forEach((group, count) -> groups.merge(group, count, Math::max));
        return new ApprovalPolicy(
                bound.id(),
                approvers,
                Math.max(bound.quorum(), named.quorum()),
                groups,
                bound.requesterMayApprove() && named.requesterMayApprove(),
                bound.reasonPattern() != null ? bound.reasonPattern() : named.reasonPattern(),
                bound.expiry().compareTo(named.expiry()) <= 0 ? bound.expiry() : named.expiry());
    }

    private static <T> void unique(String what, List<T> list, Function<T, String> key) {
        Set<String> seen = new HashSet<>();
        for (T item : list) {
            String name = Names.require(what, key.apply(item));
            require(seen.add(name), "there are two entries for " + what + " '" + name + "'");
        }
    }

    private static void optional(String field, String value) {
        if (value != null) {
            Names.require(field, value);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
