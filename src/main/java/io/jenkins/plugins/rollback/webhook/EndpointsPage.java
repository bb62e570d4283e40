package io.jenkins.plugins.rollback.webhook;

import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The endpoints and what came to them, below Manage Jenkins. For administrators alone: bodies may be about any service, and
 * only they can do something about a sender that is refused.
 */
@Extension
public final class EndpointsPage extends ManagementLink implements StaplerProxy {

    /** Its address below Jenkins. */
    public static final String URL = "release-rollback-endpoints";

    @Override
    public String getIconFileName() {
        return "symbol-enter-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.EndpointsPage_description();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Whatever is below this address is checked here. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** In the order of the configuration. */
    public List<EndpointPage> getEndpoints() {
        return RollbackConfiguration.get().getWebhookEndpoints().stream()
                .map(EndpointPage::new)
                .toList();
    }

    /** The page of one; {@code null}, which is a 404, when there is none. */
    public EndpointPage getEndpoint(String id) {
        return RollbackConfiguration.get()
                .webhookEndpoint(id)
                .map(EndpointPage::new)
                .orElse(null);
    }
}
