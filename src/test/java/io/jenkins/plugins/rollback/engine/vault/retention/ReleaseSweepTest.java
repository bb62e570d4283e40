package io.jenkins.plugins.rollback.engine.vault.retention;

import static io.jenkins.plugins.rollback.engine.vault.retention.Kept.ALICE;
import static io.jenkins.plugins.rollback.engine.vault.retention.Kept.PRODUCTION;
import static io.jenkins.plugins.rollback.engine.vault.retention.Kept.STAGING;
import static io.jenkins.plugins.rollback.engine.vault.retention.Kept.SWEEPER;
import static io.jenkins.plugins.rollback.engine.vault.retention.Kept.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.ledger.retention.MadeHistory.Ticking;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which releases go and which stay, what is recorded of it, and that their bytes go with them. */
public class ReleaseSweepTest {

    private static final ReleaseRule LAST_TWO = new ReleaseRule(null, null, 2, null, List.of());

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Ticking clock = new Ticking();
    private Kept kept;

    @Before
    public void open() throws Exception {
        kept = new Kept(new MemoryLedger(clock), clock, folder.getRoot().toPath());
    }

    private static ReleasePolicy policy(ReleaseRule... rules) {
        return new ReleasePolicy(Arrays.asList(rules));
    }

    private void days(int days) {
        clock.forward(Duration.ofDays(days));
    }

    /** What becomes of each version: empty when it goes. */
    private Map<String, String> stays(ReleasePolicy policy) throws IOException {
        return kept.sweep.plan(policy).decisions().stream()
                .collect(Collectors.toMap(
                        decision -> decision.release().id().version(),
                        decision -> decision.goes() ? "" : decision.why()));
    }

    private List<String> left() {
        return kept.catalog.releases("shop").stream()
                .map(release -> release.id().version())
                .sorted()
                .toList();
    }

    @Test
    public void keepsEverythingWithoutAPolicy() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4");
        days(1000);

        assertThat(stays(ReleasePolicy.KEEP_EVERYTHING)).doesNotContainValue("");
        assertThat(stays(policy(new ReleaseRule("other", null, 1, null, List.of()))))
                .doesNotContainValue("")
                .containsEntry("1", "no policy for production");
        assertThat(stays(policy(LAST_TWO, new ReleaseRule("shop", null, 0, null, List.of()))))
                .containsEntry("1", "kept for ever (shop/* keeps everything)");
    }

    @Test
    public void keepsTheLastGoodOnesAndSaysWhatWentAndWhy() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4");
        days(2);
        ReleasePlan plan = kept.sweep.plan(policy(LAST_TWO));

        assertThat(stays(policy(LAST_TWO)))
                .containsEntry("1", "")
                .containsEntry("2", "")
                .containsEntry("3", "the way back in production")
                .containsEntry("4", "deployed in production");
        assertThat(plan.going()).isEqualTo(2);
        assertThat(plan.own()).containsOnlyKeys(id("1"), id("2"));
        assertThat(plan.own().get(id("1"))).isPositive();
        assertThat(plan.bytes())
                .as("what they share with others stays")
                .isEqualTo(plan.own().get(id("1")) + plan.own().get(id("2")));
        assertThat(left()).as("planning drops nothing").hasSize(4);

        ReleaseSweep.Swept swept = kept.sweep.sweep(policy(LAST_TWO), SWEEPER);

        assertThat(swept.dropped()).containsExactlyInAnyOrder(id("1"), id("2"));
        assertThat(swept.freed().bytes()).isEqualTo(plan.bytes());
        assertThat(left()).containsExactly("3", "4");
        assertThat(kept.vault.releases()).containsExactly(id("3"), id("4"));
        assertThat(kept.vault.verify()).isEmpty();
        Entry entry =
                kept.ledger.entry(kept.catalog.dropped(id("1")).orElseThrow().entry());
        assertThat(entry.kind()).isEqualTo(EventKind.RELEASE_DROPPED);
        assertThat(entry.text("policy")).isEqualTo("*/* keeps the last 2 good");
        assertThat(kept.sweep.sweep(policy(LAST_TWO), SWEEPER).dropped()).isEmpty();
    }

    @Test
    public void theMorePreciseRuleCountsAndEachEnvironmentMustLetGo() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4").good(STAGING, "2", "3", "4");
        days(2);
        ReleaseRule production = new ReleaseRule("shop", "production", 4, null, List.of());

        assertThat(stays(policy(LAST_TWO, production)))
                .containsEntry("1", "among the last good (shop/production keeps the last 4 good)");
        ReleaseRule staging = new ReleaseRule("shop", "staging", 3, null, List.of());
        assertThat(stays(policy(LAST_TWO, staging)))
                .containsEntry("1", "")
                .containsEntry("2", "among the last good (shop/staging keeps the last 3 good)");
    }

    @Test
    public void keepsForATimeAfterItWasRetainedOrLastDeployed() throws Exception {
        kept.retained("1").retained("2").retained("3");
        days(20);
        kept.good(PRODUCTION, "1", "3");
        kept.good(PRODUCTION, "4", "5");
        days(15);
        ReleasePolicy month = policy(new ReleaseRule(null, null, 0, Period.ofDays(30), List.of()));

        assertThat(stays(month))
                .containsEntry("1", "within its time (*/* keeps P30D)")
                .containsEntry("2", "");
        days(20);
        assertThat(stays(month)).containsEntry("1", "").containsEntry("3", "");
    }

    @Test
    public void keepsVersionsThatLookRight() throws Exception {
        kept.good(PRODUCTION, "1.0.0", "1.0.1-rc1", "1.1.0", "1.2.0", "1.3.0");
        days(2);

        assertThat(stays(policy(new ReleaseRule(null, null, 0, null, List.of("*.0.0", "1.1.?")))))
                .containsEntry("1.0.0", "its version is kept (*/* keeps versions *.0.0 1.1.?)")
                .containsEntry("1.0.1-rc1", "")
                .containsEntry("1.1.0", "its version is kept (*/* keeps versions *.0.0 1.1.?)");
        assertThat(ReleaseRule.matches("*a*b", "xaxxbxb")).isTrue();
        assertThat(ReleaseRule.matches("*a*b", "xaxxbxbc")).isFalse();
        assertThat(ReleaseRule.matches("1.*", "1x0")).as("a dot is a dot").isFalse();
    }

    @Test
    public void whatIsYetToComeStays() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3").retained("4", "production").retained("5");
        days(2);
        ReleasePolicy one = policy(new ReleaseRule(null, null, 1, null, List.of()));

        assertThat(stays(one))
                .containsEntry("1", "")
                .containsEntry("4", "newer than the last-good one (*/* keeps the last 1 good)")
                .containsEntry("5", "newer than the last-good one (*/* keeps the last 1 good)");
        kept.good(PRODUCTION, "6", "7");
        days(2);
        assertThat(stays(one)).containsEntry("4", "").containsEntry("5", "");
    }

    @Test
    public void whatIsInUseStaysWhateverThePolicySays() throws Exception {
        ReleasePolicy nothing = policy(new ReleaseRule(null, null, 0, Period.ofDays(1), List.of()));
        kept.good(PRODUCTION, "1", "2", "3", "4", "5").good(STAGING, "2").failed(STAGING, "6");
        kept.retained("7").retained("8");
        kept.open(PRODUCTION, "dp-open", "7");
        kept.wanted.add(id("8"));
        kept.rollbacks.proposed("rb-1", PRODUCTION, "3", "1", null, "button", null, ALICE, "why");
        days(100);

        assertThat(stays(nothing))
                .containsEntry("1", "rollback rb-1 is proposed")
                .containsEntry("2", "deployed in staging")
                .containsEntry("3", "rollback rb-1 is proposed")
                .containsEntry("4", "the way back in production")
                .containsEntry("5", "deployed in production")
                .containsEntry("6", "came last in staging")
                .containsEntry("7", "came last in production")
                .containsEntry("8", "a step that runs names it");
        kept.rollbacks.cancelled("rb-1", "dismissed", ALICE, "no");
        assertThat(stays(nothing)).containsEntry("1", "").containsEntry("3", "");
    }

    @Test
    public void aPinKeepsItsReleaseUntilItIsTakenBack() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4");
        days(2);
        kept.pins.pin(id("1"), ALICE, "the audit of 2026");

        assertThat(stays(policy(LAST_TWO))).containsEntry("1", "pinned").containsEntry("2", "");
        assertThatThrownBy(() -> kept.pins.pin(id("1"), ALICE, "again"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("release shop/1 is pinned already");
        assertThatThrownBy(() -> kept.pins.pin(id("2"), ALICE, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kept.pins.pin(id("9"), ALICE, "why"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("release shop/9 is not retained");
        kept.pins.unpin(id("1"), ALICE, "the audit is over");
        assertThat(stays(policy(LAST_TWO))).containsEntry("1", "");
        assertThatThrownBy(() -> kept.pins.unpin(id("1"), ALICE, "again"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("release shop/1 is not pinned");
    }

    @Test
    public void aLegalHoldKeepsWhatItIsAbout() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4", "5").good(STAGING, "1");
        days(2);
        Actor counsel = Actor.user("counsel");
        kept.holds.place(
                kept.ledger, "case-7", new Hold.Scope(null, "staging", null, null, null, null), counsel, "law");
        assertThat(stays(policy(LAST_TWO)))
                .containsEntry("1", "deployed in staging")
                .containsEntry("2", "");

        String second = kept.catalog.deployments(PRODUCTION).get(3).id();
        kept.holds.place(kept.ledger, "case-8", new Hold.Scope(null, null, second, null, null, null), counsel, "law");
        assertThat(stays(policy(LAST_TWO)))
                .containsEntry("2", "legal hold case-8")
                .containsEntry("3", "");

        kept.holds.place(kept.ledger, "case-9", new Hold.Scope("shop", null, null, null, null, null), counsel, "law");
        assertThat(stays(policy(LAST_TWO))).containsEntry("3", "legal hold case-9");
        assertThat(kept.sweep.sweep(policy(LAST_TWO), SWEEPER).dropped()).isEmpty();
    }

    @Test
    public void whatBeginsToBeUsedInTheMomentOfItsDropStays() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4");
        days(2);
        boolean[] once = {true};
        ReleaseSweep sweep = new ReleaseSweep(kept.ledger, kept.catalog, kept.holds, kept.vault, clock, () -> {
            // asked for the plan, and again before each entry: by then somebody has pinned the other one
            if (!once[0]) {
                pin("1");
            }
            once[0] = false;
            return kept.wanted;
        });

        assertThat(sweep.sweep(policy(LAST_TWO), SWEEPER).dropped()).containsExactly(id("2"));
        assertThat(kept.vault.releases()).contains(id("1"));
    }

    private void pin(String version) {
        try {
            if (kept.catalog.pin(id(version)).isEmpty()) {
                kept.pins.pin(id(version), ALICE, "wanted after all");
            }
        } catch (IOException | ConditionFailedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void whatWasDroppedCannotBeUsedUntilItIsRetainedAgain() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3", "4");
        days(2);
        kept.sweep.sweep(policy(LAST_TWO), SWEEPER);

        assertThatThrownBy(() ->
                        kept.rollbacks.requested("rb-1", PRODUCTION, "4", "1", null, "button", null, ALICE, "why"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageStartingWith(
                        "release shop/1 was dropped at 2025-01-03T00:00:00Z: */* keeps the last 2 good");
        assertThatThrownBy(() -> kept.open(PRODUCTION, "dp-9", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was dropped at");
        assertThat(kept.catalog.lastGood(PRODUCTION, "4").explanation()).startsWith("last-good is 3");

        kept.retained("1");
        Release again = kept.catalog.release(id("1")).orElseThrow();
        assertThat(kept.catalog.dropped(id("1"))).isEmpty();
        assertThat(again.retainedAt()).isEqualTo(clock.instant());
        Manifest manifest = kept.vault.manifest(id("1")).orElseThrow();
        Path back = folder.getRoot().toPath().resolve("back");
        ReleaseRestorer.restore(manifest, kept.vault::open, back);
        assertThat(back.resolve("app")).content().startsWith("the app shop/1");
        assertThat(kept.sweep.sweep(policy(LAST_TWO), SWEEPER).dropped())
                .as("retained a moment ago")
                .isEmpty();
    }

    @Test
    public void sparesWhatIsBeingRetainedAndWhatTheLedgerDoesNotKnow() throws Exception {
        kept.good(PRODUCTION, "1", "2", "3");
        kept.store(id("4")); // its entry is still to come
        kept.store(new ReleaseId("other", "1"));
        days(2);
        kept.retained("5", "production");

        kept.sweep.sweep(policy(new ReleaseRule(null, null, 0, Period.ofDays(1), List.of())), SWEEPER);

        assertThat(kept.vault.releases()).contains(id("4"), id("5"), new ReleaseId("other", "1"));
        assertThat(kept.vault.releases()).doesNotContain(id("1"));
    }

    @Test
    public void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new ReleaseRule("../x", null, 1, null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReleaseRule(null, null, -1, null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReleaseRule(null, null, 0, null, List.of("a b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'a b' is no pattern of versions");
        assertThatThrownBy(() -> policy(LAST_TWO, LAST_TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are two retention rules for service '*' and environment '*'");
    }
}
