package io.jenkins.plugins.rollback.webhook;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;

/**
 * Shows administrators that SNS asks an endpoint to confirm its subscription, and where. The controller never visits that
 * URL itself. Only what carries a right signature for a configured topic gets here: one URL for each endpoint, until its
 * first notification comes or Jenkins starts again, when SNS can be asked to ask again.
 */
@Extension
@Symbol("releaseRollbackSubscription")
public class SubscriptionMonitor extends AdministrativeMonitor {

    private final Map<String, String> asked = new TreeMap<>(); // endpoint to URL; guarded by itself

    static SubscriptionMonitor get() {
        return ExtensionList.lookupSingleton(SubscriptionMonitor.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.SubscriptionMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getAsked().isEmpty();
    }

    /** Endpoints that exist and the URLs that confirm them; for the view. */
    public Map<String, String> getAsked() {
        synchronized (asked) {
            return asked.entrySet().stream()
                    .filter(entry -> RollbackConfiguration.get()
                            .webhookEndpoint(entry.getKey())
                            .isPresent())
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
        }
    }

    void asked(String endpoint, String url) {
        synchronized (asked) {
            asked.put(endpoint, url);
        }
    }

    /** Something else came: the subscription is confirmed. */
    void heard(String endpoint) {
        synchronized (asked) {
            asked.remove(endpoint);
        }
    }
}
