package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Collected;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Drops the releases that no policy keeps. For each one the ledger says so first; the bytes go afterwards, all at once.
 * So a sweep that is killed anywhere leaves releases that are whole, or that the ledger calls dropped and whose bytes the
 * next sweep removes. Whether a release may go is asked once more in the moment of its entry, when nothing can come
 * between: it is either dropped, or whatever just began to use it keeps it.
 */
public final class ReleaseSweep {

    private static final Logger LOGGER = Logger.getLogger(ReleaseSweep.class.getName());

    private final Ledger ledger;
    private final Catalog catalog;
    private final Holds holds;
    private final Vault vault;
    private final Clock clock;
    private final Supplier<Set<ReleaseId>> wanted;

    /**
     * For one vault.
     *
     * @param catalog attached to the ledger
     * @param holds attached to the ledger
     * @param vault only releases that it has are dropped: of several that share a ledger, each sweeps its own
     * @param clock says how old a release is
     * @param wanted releases that somebody is about to use who has not recorded it yet
     */
    public ReleaseSweep(
            Ledger ledger, Catalog catalog, Holds holds, Vault vault, Clock clock, Supplier<Set<ReleaseId>> wanted) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.holds = holds;
        this.vault = vault;
        this.clock = clock;
        this.wanted = wanted;
    }

    /**
     * What came of a sweep.
     *
     * @param dropped releases of which the ledger says so now
     * @param freed what went from the disk; a release that was dropped earlier may be among it
     */
    public record Swept(List<ReleaseId> dropped, Collected freed) {

        public Swept {
            dropped = List.copyOf(dropped);
        }
    }

    /** What a sweep would do now. Changes nothing; reads every manifest and recipe of the vault. */
    public ReleasePlan plan(ReleasePolicy policy) throws IOException {
        List<ReleaseDecision> decisions = decide(policy);
        Set<ReleaseId> going = new HashSet<>();
        decisions.stream()
                .filter(ReleaseDecision::goes)
                .forEach(decision -> going.add(decision.release().id()));
        Map<ReleaseId, Long> own = going.isEmpty() ? Map.of() : vault.ownBytes(going);
        return new ReleasePlan(decisions, own, vault.gc(kept(going), true).bytes());
    }

    /**
     * Drops what the policy does not keep, and removes what earlier sweeps dropped and did not come to remove.
     *
     * @param who for the entries that say so
     * @throws IOException when the ledger or the vault cannot be written; doing it again goes on from there
     */
    public Swept sweep(ReleasePolicy policy, Actor who) throws IOException {
        List<ReleaseId> dropped = new ArrayList<>();
        for (ReleaseDecision decision : decide(policy)) {
            if (decision.goes() && drop(decision, policy, who)) {
                dropped.add(decision.release().id());
            }
        }
        return new Swept(dropped, vault.gc(kept(Set.of()), false));
    }

    /** The legal hold on each of some releases, by its id; those without one are left out. */
    public Map<ReleaseId, String> held(Collection<Release> releases) {
        Map<ReleaseId, String> held = new HashMap<>();
        if (holds.list().isEmpty()) {
            return held;
        }
        Map<String, ReleaseUse> uses = new HashMap<>();
        for (Release release : releases) {
            uses.computeIfAbsent(
                            release.id().service(), service -> new ReleaseUse(catalog, holds, Set.of(), service, 1))
                    .hold(release)
                    .ifPresent(hold -> held.put(release.id(), hold.id()));
        }
        return held;
    }

    private List<ReleaseDecision> decide(ReleasePolicy policy) throws IOException {
        List<ReleaseDecision> decisions = new ArrayList<>();
        Set<ReleaseId> here = new HashSet<>(vault.releases());
        Set<ReleaseId> used = wanted.get();
        Set<String> services = new TreeSet<>();
        here.forEach(id -> services.add(id.service()));
        for (String service : services) {
            ReleaseJudge judge = judge(policy, service, used);
            catalog.releases(service).stream()
                    .filter(release -> here.contains(release.id()))
                    .forEach(release -> decisions.add(judge.decide(release)));
        }
        return decisions;
    }

    private ReleaseJudge judge(ReleasePolicy policy, String service, Set<ReleaseId> used) {
        return new ReleaseJudge(
                new ReleaseUse(catalog, holds, used, service, policy.mostGood()), policy, clock.instant());
    }

    private boolean drop(ReleaseDecision decision, ReleasePolicy policy, Actor who) throws IOException {
        ReleaseId id = decision.release().id();
        Set<ReleaseId> used = wanted.get(); // not in the condition: that may look at projections alone
        Event event = Event.of(EventKind.RELEASE_DROPPED)
                .release(id)
                .actor(who)
                .with("policy", decision.why())
                .with("manifest", decision.release().manifest());
        try {
            ledger.append(event, () -> {
                Release now = catalog.release(id)
                        .orElseThrow(() -> new ConditionFailedException("release " + id + " is gone already"));
                ReleaseDecision again = judge(policy, id.service(), used).decide(now);
                if (!again.goes()) {
                    throw new ConditionFailedException("release " + id + " stays: " + again.why());
                }
            });
            return true;
        } catch (ConditionFailedException e) {
            LOGGER.log(Level.FINE, "What happened since keeps a release", e);
            return false;
        }
    }

    /**
     * What the vault keeps: all but what the ledger calls dropped, and what would go. A release of which the ledger knows
     * nothing stays: it is being retained, or the ledger is the one that is wrong.
     */
    private Set<ReleaseId> kept(Set<ReleaseId> going) throws IOException {
        Set<ReleaseId> keep = new HashSet<>(vault.releases());
        keep.removeIf(id -> going.contains(id) || catalog.dropped(id).isPresent());
        return keep;
    }
}
