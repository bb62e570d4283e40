package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A service with its environments, releases and rollbacks, as of the moment it was made. */
@ExportedBean
public final class ServiceView {

    /** How many releases and rollbacks a page lists. */
    static final int MOST = 50;

    private final String name;
    private final List<TargetView> targets = new ArrayList<>();
    private final List<ReleaseView> releases;
    private final List<RollbackView> rollbacks;

    ServiceView(String name, Catalog catalog) {
        this.name = name;
        Set<String> environments = new TreeSet<>(RollbackConfiguration.get().environmentNames());
        catalog.targets().stream()
                .filter(target -> target.service().equals(name))
                .forEach(target -> environments.add(target.environment()));
        environments.forEach(environment -> targets.add(new TargetView(new Target(name, environment), catalog)));
        List<Set<String>> everRan = targets.stream()
                .map(view -> catalog.deployments(view.target()).stream()
                        .filter(deployment -> deployment.state() == Deployment.State.SUCCEEDED)
                        .map(Deployment::version)
                        .collect(Collectors.toSet()))
                .toList();
        releases = catalog.releases(name).stream()
                .limit(MOST)
                .map(release -> release(release, everRan))
                .toList();
        rollbacks = targets.stream()
                .flatMap(view -> catalog.rollbacks(view.target()).stream())
                .sorted(Comparator.comparingLong(RollbackInfo::entry).reversed())
                .limit(MOST)
                .map(RollbackView::new)
                .toList();
    }

    private ReleaseView release(Release release, List<Set<String>> everRan) {
        String version = release.id().version();
        List<String> deployedIn = new ArrayList<>();
        List<String> lastGoodIn = new ArrayList<>();
        List<String> goesBackIn = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            TargetView target = targets.get(i);
            boolean runs = version.equals(target.getDeployed());
            if (runs) {
                deployedIn.add(target.getEnvironment());
            }
            if (version.equals(target.getLastGood())) {
                lastGoodIn.add(target.getEnvironment());
            }
            if (!runs && everRan.get(i).contains(version)) {
                goesBackIn.add(target.getEnvironment());
            }
        }
        return new ReleaseView(release, deployedIn, lastGoodIn, goesBackIn);
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported(inline = true)
    public List<TargetView> getTargets() {
        return targets;
    }

    /** Newest first. */
    @Exported(inline = true)
    public List<ReleaseView> getReleases() {
        return releases;
    }

    /** Newest first. */
    @Exported(inline = true)
    public List<RollbackView> getRollbacks() {
        return rollbacks;
    }
}
