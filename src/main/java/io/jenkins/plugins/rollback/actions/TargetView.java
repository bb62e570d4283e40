package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A service in an environment: what runs there, what one could go back to, what is going on. */
@ExportedBean
public final class TargetView {

    private final Target target;
    private final Deployment deployed;
    private final LastGood lastGood;
    private final LastGood wayBack;
    private final List<RollbackView> open;

    TargetView(Target target, Catalog catalog) {
        this.target = target;
        deployed = catalog.deployed(target).orElse(null);
        lastGood = catalog.lastGood(target, null);
        wayBack = deployed == null ? lastGood : catalog.lastGood(target, deployed.version());
        open = catalog.rollbacks(target).stream()
                .filter(RollbackInfo::isOpen)
                .map(RollbackView::new)
                .toList();
    }

    @Exported
    public String getService() {
        return target.service();
    }

    @Exported
    public String getEnvironment() {
        return target.environment();
    }

    /** The version that runs there, or {@code null} when none is known. */
    @Exported
    public String getDeployed() {
        return deployed == null ? null : deployed.version();
    }

    public When getDeployedAt() {
        return deployed == null ? null : When.of(deployed.endedAt());
    }

    @Exported(inline = true)
    public BuildLink getDeployedBy() {
        return deployed == null ? null : BuildLink.of(deployed.build());
    }

    /** The newest version whose deployment passed its gate and was not rolled back, or {@code null}. */
    @Exported
    public String getLastGood() {
        return lastGood.chosen().map(Deployment::version).orElse(null);
    }

    /** What a rollback would go to: last-good, if what runs now is left; or {@code null}. */
    @Exported
    public String getGoesBackTo() {
        return wayBack.chosen().map(Deployment::version).orElse(null);
    }

    /** Why it goes back to that, or to nothing. */
    public String getExplanation() {
        return wayBack.explanation();
    }

    /** Rollbacks that are proposed, requested or going on; newest first. */
    @Exported(inline = true)
    public List<RollbackView> getOpen() {
        return open;
    }

    /** Whether a job or plan is configured that can go back without a living build. */
    @Exported
    public boolean isWayBackConfigured() {
        return RollbackConfiguration.get().wayBack(target).isPresent();
    }

    Target target() {
        return target;
    }
}
