package io.jenkins.plugins.rollback.actions.releases;

import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.RootAction;
import io.jenkins.plugins.rollback.actions.audit.VisibleServices;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import java.util.SortedSet;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** The releases of the whole controller, as far as the viewer may see their services. */
@Extension
public final class ReleasesPage implements RootAction, StaplerProxy {

    /** Its address below Jenkins. */
    public static final String URL = "rollback-releases";

    @Override
    public String getIconFileName() {
        return new VisibleServices().any() ? "symbol-archive-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseList_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Whoever may see one service comes in; what is shown is chosen service by service. */
    @Override
    public Object getTarget() {
        if (!new VisibleServices().any()) {
            Jenkins.get().checkPermission(RollbackPermissions.VIEW);
        }
        return new ReleaseList(new Everything());
    }

    private static final class Everything implements ReleaseScope {

        @Override
        public SortedSet<String> services() {
            VisibleServices visible = new VisibleServices();
            SortedSet<String> services = new TreeSet<>();
            RollbackEngine.find().ifPresent(engine -> engine.catalog().services().stream()
                    .filter(visible::includes)
                    .forEach(services::add));
            return services;
        }

        @Override
        public boolean mayRetain(String service) {
            return new VisibleServices(RollbackPermissions.RETAIN).includes(service);
        }

        @Override
        public AbstractItem item() {
            return null;
        }
    }
}
