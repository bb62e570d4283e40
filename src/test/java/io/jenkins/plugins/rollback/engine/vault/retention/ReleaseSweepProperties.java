package io.jenkins.plugins.rollback.engine.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.ledger.retention.MadeHistory;
import io.jenkins.plugins.rollback.engine.ledger.retention.MadeHistory.Ticking;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever happened and whatever the policies are: what anybody needs to go back never goes, and nothing is half gone. */
class ReleaseSweepProperties {

    private static long dropped;
    private static long stayed;

    @AfterContainer
    static void somethingWasTried() {
        assertThat(dropped).isGreaterThan(50);
        assertThat(stayed).isGreaterThan(50);
    }

    private static ReleasePolicy policy(Random random) {
        List<ReleaseRule> rules = new ArrayList<>();
        for (String service : new String[] {null, "checkout", "search"}) {
            if (random.nextInt(3) > 0) {
                rules.add(new ReleaseRule(
                        service,
                        random.nextInt(4) == 0 ? "production" : null,
                        random.nextInt(4),
                        random.nextBoolean() ? Period.ofDays(1 + random.nextInt(20)) : null,
                        random.nextInt(4) == 0 ? List.of("1.?") : List.of()));
            }
        }
        return new ReleasePolicy(rules);
    }

    /** By its own words, not by the sweep's. */
    private static Set<ReleaseId> needed(Kept kept) {
        Catalog catalog = kept.catalog;
        Set<ReleaseId> needed = new HashSet<>();
        for (Target target : MadeHistory.TARGETS) {
            String service = target.service();
            Optional<Deployment> good = catalog.lastGood(target, null).chosen();
            good.ifPresent(found -> needed.add(found.release()));
            Optional<Deployment> deployed = catalog.deployed(target);
            deployed.ifPresent(found -> needed.add(found.release()));
            deployed.flatMap(found -> catalog.lastGood(target, found.version()).chosen())
                    .ifPresent(found -> needed.add(found.release()));
            catalog.rollbacks(target).stream()
                    .filter(rollback -> rollback.endedAt() == null)
                    .forEach(rollback -> {
                        needed.add(new ReleaseId(service, rollback.to()));
                        needed.add(new ReleaseId(service, rollback.from()));
                    });
            catalog.deployments(target).stream()
                    .filter(deployment -> deployment.endedAt() == null)
                    .forEach(deployment -> needed.add(deployment.release()));
        }
        return needed;
    }

    private static Map<String, Object> answers(Catalog catalog) {
        Map<String, Object> answers = new TreeMap<>();
        for (Target target : MadeHistory.TARGETS) {
            Optional<Deployment> deployed = catalog.deployed(target);
            answers.put("deployed " + target, deployed);
            answers.put("last-good " + target, catalog.lastGood(target, null).chosen());
            answers.put("way back " + target, deployed.map(now -> catalog.lastGood(target, now.version())
                    .chosen()));
        }
        return answers;
    }

    @Property(tries = 25)
    void whatIsNeededNeverGoes(@ForAll long seed) throws Exception {
        File memory = new File("/dev/shm");
        Path dir = memory.canWrite()
                ? Files.createTempDirectory(memory.toPath(), "sweep")
                : Files.createTempDirectory("sweep");
        try {
            sweep(dir, seed);
        } finally {
            try (Stream<Path> files = Files.walk(dir)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void sweep(Path dir, long seed) throws Exception {
        Random random = new Random(seed);
        Ticking clock = new Ticking();
        MemoryLedger ledger = new MemoryLedger(clock);
        Kept kept = new Kept(ledger, clock, dir);
        for (int round = 1; round <= 2; round++) {
            new MadeHistory(ledger, clock, seed + round).grow(round * (100 + random.nextInt(300)));
            clock.forward(Duration.ofHours(random.nextInt(200)));
            List<Release> all = MadeHistory.TARGETS.stream()
                    .flatMap(target -> kept.catalog.releases(target.service()).stream())
                    .toList();
            for (Release release : all) {
                if (kept.vault.manifest(release.id()).isEmpty()) { // storing it again would make it young again
                    kept.store(release.id());
                }
            }
            Set<ReleaseId> needed = needed(kept);
            Release pinned = all.get(random.nextInt(all.size()));
            if (kept.catalog.pin(pinned.id()).isEmpty()) {
                kept.pins.pin(pinned.id(), Kept.ALICE, "because");
            }
            needed.add(pinned.id());
            if (random.nextInt(5) == 0) {
                Hold.Scope search = new Hold.Scope("search", null, null, null, null, null);
                kept.holds.place(ledger, "case-" + round, search, Kept.ALICE, "law");
                all.stream()
                        .filter(release -> release.id().service().equals("search"))
                        .forEach(release -> needed.add(release.id()));
            }
            Map<String, Object> before = answers(kept.catalog);
            ReleasePolicy policy = policy(random);
            ReleasePlan plan = kept.sweep.plan(policy);

            ReleaseSweep.Swept swept = kept.sweep.sweep(policy, Kept.SWEEPER);

            assertThat(swept.dropped()).hasSize((int) plan.going());
            assertThat(answers(kept.catalog)).isEqualTo(before);
            for (Release release : all) {
                boolean goes = swept.dropped().contains(release.id());
                assertThat(goes && needed.contains(release.id()))
                        .as("%s was needed", release.id())
                        .isFalse();
                assertThat(kept.catalog.release(release.id()).isEmpty()).isEqualTo(goes);
                assertThat(kept.catalog.dropped(release.id()).isPresent()).isEqualTo(goes);
                Optional<Manifest> manifest = kept.vault.manifest(release.id());
                assertThat(manifest.isEmpty()).isEqualTo(goes);
                if (!goes) {
                    assertThat(kept.vault.missing(manifest.orElseThrow().contents()))
                            .isEmpty();
                }
                dropped += goes ? 1 : 0;
                stayed += goes ? 0 : 1;
            }
            assertThat(kept.sweep.sweep(policy, Kept.SWEEPER).dropped())
                    .as("another sweep")
                    .isEmpty();
        }
    }
}
