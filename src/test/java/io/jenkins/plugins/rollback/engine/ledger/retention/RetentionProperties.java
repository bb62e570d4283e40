package io.jenkins.plugins.rollback.engine.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.catalog.LiveCatalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.retention.MadeHistory.Ticking;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happened and whatever the schedule is: a sweep changes no answer about anything that is not over. */
class RetentionProperties {

    private static final Actor SWEEPER = Actor.system("retention");

    /** What is asked of a ledger's projections, by the question. */
    private static Map<String, Object> answers(FileLedger ledger, Clock clock) throws IOException {
        Catalog catalog = new Catalog(ledger);
        ledger.attach(catalog);
        Approvals approvals = new Approvals(ledger, clock);
        ledger.attach(approvals);
        Deliveries deliveries = new Deliveries(ledger, clock);
        ledger.attach(deliveries);
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("open deployments", catalog.openDeployments());
        answers.put("open rollbacks", catalog.openRollbacks());
        answers.put(
                "leases",
                List.copyOf(
                        catalog.leases().stream().map(Object::toString).sorted().toList()));
        answers.put("waiting", approvals.waiting().stream().map(Approval::id).toList());
        answers.put(
                "unanswered", deliveries.unanswered().stream().map(Entry::index).toList());
        for (Target target : MadeHistory.TARGETS) {
            LastGood good = catalog.lastGood(target, null);
            answers.put("last-good " + target, good);
            answers.put("deployed " + target, catalog.deployed(target));
            answers.put("releases " + target, catalog.releases(target.service()));
            good.chosen().ifPresent(now -> {
                LastGood next = catalog.lastGood(target, now.version());
                answers.put("next good " + target, next);
                if (next.chosen().isPresent()) {
                    answers.put(
                            "timeline " + target,
                            catalog.timeline(next.chosen().get().id()));
                }
            });
        }
        return answers;
    }

    private static List<Object> everything(FileLedger ledger) throws IOException {
        Catalog catalog = new Catalog(ledger);
        ledger.attach(catalog);
        List<Object> all = new ArrayList<>();
        for (Target target : MadeHistory.TARGETS) {
            all.addAll(catalog.deployments(target));
            all.addAll(catalog.rollbacks(target));
        }
        return all;
    }

    private static String id(Object one) {
        return one instanceof Deployment deployment ? "d" + deployment.id() : "r" + ((RollbackInfo) one).id();
    }

    private static Retention retention(FileLedger ledger, Clock clock) throws IOException {
        Catalog catalog = new Catalog(ledger);
        ledger.attach(catalog);
        Approvals approvals = new Approvals(ledger, clock);
        ledger.attach(approvals);
        Deliveries deliveries = new Deliveries(ledger, clock);
        ledger.attach(deliveries);
        return new Retention(ledger, clock, List.of(new LiveCatalog(catalog), approvals, deliveries));
    }

    private static RetentionPolicy policy(Random random) {
        RetentionPolicy policy = RetentionPolicy.FOR_EVER;
        for (EventClass what : EventClass.values()) {
            if (random.nextInt(10) > 0) {
                policy = policy.keep(what, Period.ofDays(1 + random.nextInt(random.nextBoolean() ? 3 : 30)));
            }
        }
        return policy;
    }

    @Property(tries = 8)
    void answersAboutWhatIsNotOverStay(@ForAll long seed) throws Exception {
        File memory = new File("/dev/shm");
        Path dir = memory.canWrite()
                ? Files.createTempDirectory(memory.toPath(), "retention")
                : Files.createTempDirectory("retention");
        try {
            sweepTwice(dir, seed);
        } finally {
            try (Stream<Path> files = Files.walk(dir)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void sweepTwice(Path dir, long seed) throws Exception {
        Random random = new Random(seed);
        Ticking clock = new Ticking();
        LedgerKeys keys = LedgerKeys.inFile(dir.resolve("key"));
        for (int round = 1; round <= 2; round++) {
            Map<String, Object> before;
            Map<String, Object> all;
            long gone;
            try (FileLedger ledger = FileLedger.open(dir, "retention.test/1", clock, keys)) {
                new MadeHistory(ledger, clock, seed + round).grow(round * 900);
                clock.forward(Duration.ofHours(random.nextInt(200)));
                before = answers(ledger, clock);
                all = everything(ledger).stream().collect(Collectors.toMap(RetentionProperties::id, one -> one));
                RetentionPolicy policy = policy(random);
                Retention retention = retention(ledger, clock);
                SweepPlan plan = retention.plan(policy);
                Retention.Swept swept = retention.sweep(policy, SWEEPER);
                assertThat(swept.dropped()).isEqualTo(plan.entries().cardinality());
                assertThat(answers(ledger, clock)).isEqualTo(before);
                assertThat(retention.plan(policy).entries().cardinality())
                        .as("what another sweep would drop")
                        .isZero();
                gone = 0;
                for (long index = 0; index < ledger.size(); index++) {
                    gone += ledger.isDropped(index) ? 1 : 0;
                }
            }
            LedgerReport report = LedgerVerifier.verify(dir);
            assertThat(report.problem()).isNull();
            assertThat(report.dropped()).isEqualTo(gone);
            try (FileLedger again = FileLedger.open(dir, null, clock, keys)) {
                assertThat(answers(again, clock)).isEqualTo(before);
                for (Object left : everything(again)) { // what is still there is what it was, live or not
                    assertThat(left).isEqualTo(all.get(id(left)));
                }
            }
        }
    }
}
