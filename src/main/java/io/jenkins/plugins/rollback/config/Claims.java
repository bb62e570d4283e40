package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Which folder, job or branch speaks for which service. Kept with the configuration; changed by whoever has
 * Rollback/Configure on the item, and on every item that already speaks for the service.
 */
public final class Claims {

    private Claims() {}

    /** Services that anything speaks for. */
    public static SortedSet<String> services() {
        return all().stream().map(ServiceClaim::getService).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Claims of a service, over all items. */
    public static List<ServiceClaim> of(String service) {
        return all().stream()
                .filter(claim -> claim.getService().equals(service))
                .toList();
    }

    /** Claims that cover an item: its own and those of the folders it lies in. */
    public static List<ServiceClaim> covering(Item item) {
        return all().stream().filter(claim -> claim.covers(item.getFullName())).toList();
    }

    /** Claims of items inside a folder, and of the folder itself. */
    public static List<ServiceClaim> within(Item item) {
        String name = item.getFullName();
        return all().stream()
                .filter(claim -> claim.getItem().equals(name) || claim.getItem().startsWith(name + "/"))
                .toList();
    }

    /**
     * Claims a service for an item.
     *
     * @param branches branches of a multibranch project, with commas between, or {@code null}
     * @throws org.springframework.security.access.AccessDeniedException without Rollback/Configure on the item, or on
     *     another item that already speaks for the service
     * @throws IllegalArgumentException when the service's name is none or the item already has the claim
     */
    public static void add(Item item, String service, String branches) {
        item.checkPermission(RollbackPermissions.CONFIGURE);
        for (ServiceClaim other : of(service)) {
            checkMayChange(other);
        }
        ServiceClaim claim = new ServiceClaim(service, item.getFullName());
        claim.setBranches(branches);
        RollbackConfiguration configuration = RollbackConfiguration.get();
        synchronized (configuration) {
            List<ServiceClaim> claims = new ArrayList<>(configuration.getClaims());
            claims.add(claim);
            configuration.setClaims(claims);
        }
    }

    /** Takes a claim of an item back; needs Rollback/Configure on it. */
    public static void remove(Item item, String service) {
        item.checkPermission(RollbackPermissions.CONFIGURE);
        String name = item.getFullName();
        replace(claim -> claim.getItem().equals(name) && claim.getService().equals(service) ? null : claim);
    }

    private static List<ServiceClaim> all() {
        return RollbackConfiguration.get().getClaims();
    }

    /** A team that may configure its own folder must not thereby take over another team's service. */
    private static void checkMayChange(ServiceClaim claim) {
        Item owner = Items.find(claim.getItem());
        if (owner == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER); // hidden from this person, or not there
        } else {
            owner.checkPermission(RollbackPermissions.CONFIGURE);
        }
    }

    private static void replace(java.util.function.UnaryOperator<ServiceClaim> change) {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        synchronized (configuration) {
            List<ServiceClaim> before = configuration.getClaims();
            List<ServiceClaim> after = before.stream()
                    .map(change)
                    .filter(java.util.Objects::nonNull)
                    .toList();
            if (!after.equals(before)) {
                configuration.setClaims(after);
            }
        }
    }

    /**
     * Keeps names right. A claim follows its item when that is moved or renamed and ends with it: a job that is later
     * made under the same name does not inherit it. A copy gets none, because claims are not part of the job.
     */
    @Extension
    public static final class Follower extends ItemListener {

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            replace(claim -> {
                String moved = moved(claim.getItem(), oldFullName, newFullName);
                return moved == null ? claim : claim.withItem(moved);
            });
            RollbackConfiguration configuration = RollbackConfiguration.get();
            synchronized (configuration) {
                List<WayBackConfig> before = configuration.getWayBacks();
                List<WayBackConfig> after = before.stream()
                        .map(way -> {
                            String moved = moved(way.getJob(), oldFullName, newFullName);
                            return moved == null ? way : way.withJob(moved);
                        })
                        .toList();
                if (!after.equals(before)) {
                    configuration.setWayBacks(after);
                }
            }
        }

        @Override
        public void onDeleted(Item item) {
            String name = item.getFullName();
            replace(claim -> claim.getItem().equals(name) || claim.getItem().startsWith(name + "/") ? null : claim);
            RollbackConfiguration configuration = RollbackConfiguration.get();
            synchronized (configuration) {
                // a way back is as much of a right as a claim: what is re-created under the name must not inherit it
                List<WayBackConfig> after = configuration.getWayBacks().stream()
                        .filter(way ->
                                !way.getJob().equals(name) && !way.getJob().startsWith(name + "/"))
                        .toList();
                if (after.size() != configuration.getWayBacks().size()) {
                    configuration.setWayBacks(after);
                }
            }
        }

        private static String moved(String name, String from, String to) {
            if (name.equals(from)) {
                return to;
            }
            return name.startsWith(from + "/") ? to + name.substring(from.length()) : null;
        }
    }
}
