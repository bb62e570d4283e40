package io.jenkins.plugins.rollback.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.rollback.AtOnce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.Test;

public class ApprovalsTest {

    private static final Target SHOP = new Target("shop", "production");
    private static final Set<String> NO_GROUPS = Set.of();

    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final Approvals approvals = new Approvals(ledger, clock);
    private final Queue<Approval> settled = new ConcurrentLinkedQueue<>();

    public ApprovalsTest() {
        ledger.attach(approvals);
        approvals.onSettled(settled::add);
    }

    private static SortedSet<String> names(String... names) {
        return new TreeSet<>(Set.of(names));
    }

    private Approval ask(ApprovalPolicy policy, String... requesters) throws Exception {
        return approvals.ask("ap-1", SHOP, "rb-1", "2", "1", "5ubject", policy, names(requesters), "shop#2");
    }

    private static ApprovalPolicy policy(int quorum, boolean requesterMayApprove, String... approvers) {
        return new ApprovalPolicy("production", names(approvers), quorum, requesterMayApprove, Duration.ofMinutes(30));
    }

    @Test
    public void isApprovedByOneVoteAndSaysSoOnce() throws Exception {
        Approval asked = ask(policy(1, false), "bob");
        assertThat(asked.state()).isEqualTo(Approval.State.WAITING);
        assertThat(asked.requesters()).containsExactly("bob");
        assertThat(asked.until()).isEqualTo(now.plus(Duration.ofMinutes(30)));

        Approval approved = approvals.vote("ap-1", "alice", NO_GROUPS, true, "INC-1 confirmed");

        assertThat(approved.state()).isEqualTo(Approval.State.APPROVED);
        assertThat(settled).containsExactly(approved);
        assertThat(approvals.waiting()).isEmpty();
        assertThat(ledger.people().text(approved.votes().get(0).reason())).contains("INC-1 confirmed");
        assertThatThrownBy(() -> approvals.vote("ap-1", "carol", NO_GROUPS, false, "too late"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("approval ap-1 is settled: approved by alice at 2026-11-22T08:00:00Z");
    }

    @Test
    public void waitsForItsQuorumOfDifferentPeople() throws Exception {
        ask(policy(2, false), "bob");

        assertThat(approvals.vote("ap-1", "alice", NO_GROUPS, true, "yes").state())
                .isEqualTo(Approval.State.WAITING);
        assertThatThrownBy(() -> approvals.vote("ap-1", "Alice", NO_GROUPS, true, "and yes again"))
                .hasMessageContaining("has voted already");
        assertThat(approvals.vote("ap-1", "carol", NO_GROUPS, true, "yes").state())
                .isEqualTo(Approval.State.APPROVED);
        assertThat(settled).hasSize(1);
    }

    @Test
    public void oneRefusalSettles() throws Exception {
        ask(policy(3, false), "bob");
        approvals.vote("ap-1", "alice", NO_GROUPS, true, "yes");

        assertThat(approvals.vote("ap-1", "carol", NO_GROUPS, false, "no").state())
                .isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void whoAskedMayNotApproveUnderAnySpellingButMayRefuse() throws Exception {
        ask(policy(1, false), "bob", "dave");

        assertThatThrownBy(() -> approvals.vote("ap-1", "Bob", NO_GROUPS, true, "me"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("somebody else than Bob, who asked");
        assertThat(approvals.whyNot("ap-1", "dave", NO_GROUPS)).isPresent();
        assertThat(approvals.whyNot("ap-1", "alice", NO_GROUPS)).isEmpty();
        assertThat(approvals
                        .vote("ap-1", "bob", NO_GROUPS, false, "I was wrong")
                        .state())
                .isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void whoAskedMayApproveWhereThePolicySaysSo() throws Exception {
        ask(policy(1, true), "bob");

        assertThat(approvals
                        .vote("ap-1", "bob", NO_GROUPS, true, "alone at night")
                        .state())
                .isEqualTo(Approval.State.APPROVED);
    }

    @Test
    public void withoutAKnownRequesterOnlyAnApproverNamedByIdCounts() throws Exception {
        ask(policy(1, false, "alice", "operators"));

        assertThat(approvals.whyNot("ap-1", "carol", Set.of("operators")).orElseThrow())
                .contains("nobody is known as having asked");
        assertThat(approvals.whyNot("ap-1", "alice", NO_GROUPS)).isEmpty();
    }

    @Test
    public void withoutAKnownRequesterAndWithoutApproversNobodyCanApprove() throws Exception {
        ask(policy(1, false));

        assertThat(approvals.whyNot("ap-1", "alice", NO_GROUPS)).isPresent();
        assertThat(approvals.vote("ap-1", "alice", NO_GROUPS, false, "no").state())
                .isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void onlyApproversAndTheirGroupsMayVote() throws Exception {
        ask(policy(1, false, "operators"), "bob");

        assertThat(approvals.whyNot("ap-1", "carol", Set.of("developers")).orElseThrow())
                .isEqualTo("policy production does not name carol as an approver");
        assertThat(approvals.whyNot("ap-1", "carol", Set.of("operators"))).isEmpty();
        assertThat(approvals.whyNot("ap-9", "carol", NO_GROUPS).orElseThrow()).contains("not known");
    }

    @Test
    public void aReasonIsRequired() throws Exception {
        ask(policy(1, false), "bob");

        assertThatThrownBy(() -> approvals.vote("ap-1", "alice", NO_GROUPS, true, " \t"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("a reason is required");
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    public void expires() throws Exception {
        ask(policy(1, false), "bob");
        now = now.plus(Duration.ofMinutes(30));

        assertThatThrownBy(() -> approvals.vote("ap-1", "alice", NO_GROUPS, true, "late"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("expired");
        approvals.expire();
        approvals.expire();

        assertThat(approvals.find("ap-1")).map(Approval::state).contains(Approval.State.EXPIRED);
        assertThat(settled).hasSize(1);
        assertThat(ledger.size()).isEqualTo(2);
    }

    @Test
    public void endsWhenWhatWaitedIsGone() throws Exception {
        ask(policy(1, false), "bob");
        approvals.end("ap-1", "build aborted");
        approvals.end("ap-1", "build aborted");
        approvals.end("ap-9", "never was");

        assertThat(approvals.find("ap-1")).map(Approval::state).contains(Approval.State.ENDED);
        assertThat(ledger.size()).isEqualTo(2);
    }

    @Test
    public void askingAgainReturnsHowItStandsButNotForAnotherSubject() throws Exception {
        ask(policy(1, false), "bob");
        approvals.vote("ap-1", "alice", NO_GROUPS, true, "yes");

        assertThat(ask(policy(1, false), "bob").state()).isEqualTo(Approval.State.APPROVED);
        assertThatThrownBy(() ->
                        approvals.ask("ap-1", SHOP, "rb-1", "2", "0", "other", policy(1, false), names("bob"), null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("something else");
    }

    @Test
    public void noEntryHoldsANameOrAReason() throws Exception {
        ask(policy(2, false, "alice", "carol"), "bob");
        approvals.vote("ap-1", "alice", NO_GROUPS, true, "seen by alice");

        for (Entry entry : ledger.entries(0, ledger.size())) {
            assertThat(entry.toString())
                    .doesNotContain("alice")
                    .doesNotContain("carol")
                    .doesNotContain("bob");
        }
    }

    @Test
    public void replayEqualsLive() throws Exception {
        ask(policy(2, false, "alice", "operators"), "bob");
        approvals.vote("ap-1", "alice", NO_GROUPS, true, "yes");
        Approvals replayed = new Approvals(ledger, clock);
        ledger.attach(replayed);

        assertThat(replayed.find("ap-1")).isEqualTo(approvals.find("ap-1"));
        assertThat(replayed.whyNot("ap-1", "alice", NO_GROUPS).orElseThrow()).contains("has voted already");
    }

    @Test
    public void thousandsOfVotesAtOnceSettleOnceEachTime() throws Exception {
        for (int round = 0; round < 100; round++) {
            String id = "ap-race-" + round;
            approvals.ask(id, SHOP, "rb-1", "2", "1", "s", policy(3, false), names("bob"), null);
            settled.clear();
            List<Object> outcomes =
                    AtOnce.run(32, i -> () -> approvals.vote(id, "user" + i, NO_GROUPS, i % 8 != 0, "reason " + i));

            Approval end = approvals.find(id).orElseThrow();
            long counted = outcomes.stream().filter(Approval.class::isInstance).count();
            assertThat(settled).hasSize(1);
            assertThat(end.votes()).hasSize((int) counted);
            long refusals = end.votes().stream().filter(vote -> !vote.approve()).count();
            assertThat(end.state()).isEqualTo(refusals == 1 ? Approval.State.REJECTED : Approval.State.APPROVED);
            assertThat(refusals).isLessThanOrEqualTo(1);
            assertThat(end.votes().size() - refusals).isLessThanOrEqualTo(3);
        }
    }

    @Test
    public void votingExpiringAndEndingAtOnceSettlesOnce() throws Exception {
        for (int round = 0; round < 60; round++) {
            String id = "ap-mix-" + round;
            approvals.ask(id, SHOP, "rb-1", "2", "1", "s", policy(1, false), names("bob"), null);
            settled.clear();
            AtOnce.run(16, i -> () -> {
                if (i % 2 == 0) {
                    return approvals.vote(id, "user" + i, NO_GROUPS, true, "yes");
                }
                approvals.end(id, "build aborted");
                return null;
            });

            assertThat(settled).hasSize(1);
        }
    }
}
