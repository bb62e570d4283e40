package io.jenkins.plugins.rollback.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.rollback.AtOnce;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Test;

/** A quorum of certain groups, reasons of a form, and votes that are taken back. */
public class GroupApprovalsTest {

    private static final Target SHOP = new Target("checkout", "production");
    private static final Set<String> MANAGER = Set.of("release-managers");
    private static final Set<String> SECURITY = Set.of("security");
    private static final Set<String> BOTH = Set.of("release-managers", "security");

    private MemoryLedger ledger;
    private Approvals approvals;

    @Before
    public void open() throws Exception {
        ledger = new MemoryLedger();
        approvals = new Approvals(ledger, Clock.systemUTC());
        ledger.attach(approvals);
    }

    private Approval ask(int quorum, Map<String, Integer> groups, String reasonPattern, String... approvers)
            throws Exception {
        return ask("ap-1", quorum, groups, reasonPattern, approvers);
    }

    private Approval ask(String id, int quorum, Map<String, Integer> groups, String reasonPattern, String... approvers)
            throws Exception {
        ApprovalPolicy policy = new ApprovalPolicy(
                "production",
                new TreeSet<>(List.of(approvers)),
                quorum,
                new TreeMap<>(groups),
                false,
                reasonPattern,
                Duration.ofMinutes(30));
        return approvals.ask(id, SHOP, "rb-1", "2", "1", "5ubject", policy, new TreeSet<>(Set.of("bob")), "shop#2");
    }

    private Approval.State yes(String user, Set<String> groups) throws Exception {
        return approvals.vote("ap-1", user, groups, true, "yes").state();
    }

    @Test
    public void oneOfEachGroupIsAlwaysTwoPeople() throws Exception {
        ask(1, Map.of("release-managers", 1, "security", 1), null);

        assertThat(yes("alice", BOTH)).isEqualTo(Approval.State.WAITING);
        assertThat(yes("carol", MANAGER)).isEqualTo(Approval.State.APPROVED); // alice moves over to security's place
    }

    @Test
    public void twoOfTheSameGroupAreNotOneOfEach() throws Exception {
        ask(2, Map.of("release-managers", 1, "security", 1), null);

        yes("alice", MANAGER);
        assertThat(yes("carol", MANAGER)).isEqualTo(Approval.State.WAITING);
        assertThat(approvals.find("ap-1").orElseThrow().missingOf()).containsExactly(Map.entry("security", 1));
        assertThat(yes("dave", SECURITY)).isEqualTo(Approval.State.APPROVED);
    }

    @Test
    public void aLargerQuorumIsFilledByAnybodyElse() throws Exception {
        ask(3, Map.of("security", 1), null);

        yes("dave", SECURITY);
        yes("alice", Set.of());
        assertThat(approvals.find("ap-1").orElseThrow().missingOf()).isEmpty();
        assertThat(yes("carol", Set.of())).isEqualTo(Approval.State.APPROVED);
    }

    @Test
    public void aUserCanStandForAGroup() throws Exception {
        ask(1, Map.of("dave", 1), null, "release-managers", "dave");

        assertThat(yes("alice", MANAGER)).isEqualTo(Approval.State.WAITING);
        assertThat(yes("dave", Set.of())).isEqualTo(Approval.State.APPROVED);
    }

    /** Or a step could let more people in by asking for more. */
    @Test
    public void aGroupThatIsWantedIsNotAnApproverByThat() throws Exception {
        ask(2, Map.of("security", 1), null, "alice", "carol");

        assertThat(approvals.whyNot("ap-1", "erin", SECURITY).orElseThrow())
                .isEqualTo("policy production does not name erin as an approver");
        yes("alice", Set.of());
        assertThat(yes("carol", Set.of())).isEqualTo(Approval.State.WAITING);
    }

    @Test
    public void everythingIsReadAgainFromTheLedger() throws Exception {
        ask(1, Map.of("release-managers", 1, "security", 1), "INC-\\d+");
        approvals.vote("ap-1", "alice", BOTH, true, "INC-7");

        Approvals later = new Approvals(ledger, Clock.systemUTC());
        ledger.attach(later);

        Approval read = later.find("ap-1").orElseThrow();
        assertThat(read.policy().groups()).containsExactly(Map.entry("release-managers", 1), Map.entry("security", 1));
        assertThat(read.policy().reasonPattern()).isEqualTo("INC-\\d+");
        assertThat(read.votes().get(0).groups()).containsExactly(0, 1);
        assertThat(later.vote("ap-1", "dave", SECURITY, true, "INC-7").state()).isEqualTo(Approval.State.APPROVED);
    }

    @Test
    public void anErasedGroupIsFilledByNobody() throws Exception {
        TreeMap<String, Integer> groups = new TreeMap<>(Map.of("security", 1));
        ApprovalPolicy policy = new ApprovalPolicy("p", new TreeSet<>(), 1, groups, true, null, Duration.ofMinutes(30));
        approvals.ask("ap-1", SHOP, "rb-1", "2", "1", "5ubject", policy, new TreeSet<>(), null);
        ledger.people().erase(null, List.of(ledger.entry(0).reason()));

        assertThat(yes("dave", SECURITY)).isEqualTo(Approval.State.WAITING);
        assertThat(approvals.find("ap-1").orElseThrow().missingOf()).hasSize(1);
    }

    @Test
    public void aYesNeedsTheReasonThatThePolicyWantsAndANoAnyReason() throws Exception {
        ask(1, Map.of(), "(INC|CHG)-\\d+");

        assertThatThrownBy(() -> yes("alice", Set.of()))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("policy production wants a reason that contains (INC|CHG)-\\d+");
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(approvals.vote("ap-1", "alice", Set.of(), false, "no").state())
                .isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void aPatternThatCannotBeReadLetsNobodySayYesAndSaysWhy() throws Exception {
        ask(1, Map.of(), "INC-(");

        assertThatThrownBy(() -> yes("alice", Set.of()))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageStartingWith("policy production wants a reason that contains INC-(, which is no regular");
        assertThat(approvals.vote("ap-1", "alice", Set.of(), false, "no").state())
                .isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void aVoteTakenBackIsAsIfItHadNotBeenCastButStaysInTheLedger() throws Exception {
        ask(2, Map.of(), null);
        yes("alice", Set.of());

        assertThatThrownBy(() -> approvals.takeBack("ap-1", "carol", "not mine"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("carol has not voted");
        assertThatThrownBy(() -> approvals.takeBack("ap-1", "alice", " ")).hasMessage("a reason is required");
        assertThat(approvals.takeBack("ap-1", "alice", "wrong service").votes()).isEmpty();

        assertThat(ledger.entry(ledger.size() - 1).kind()).isEqualTo(EventKind.APPROVAL_WITHDRAWN);
        assertThat(yes("carol", Set.of())).isEqualTo(Approval.State.WAITING);
        assertThat(yes("alice", Set.of())).isEqualTo(Approval.State.APPROVED); // and may say it again
        assertThatThrownBy(() -> approvals.takeBack("ap-1", "alice", "too late"))
                .hasMessageStartingWith("approval ap-1 is settled: approved by alice at ");
    }

    /** The last yes and a yes that is taken back in the same moment: one of them is first, and the other one knows. */
    @Test
    public void takingBackAndTheDecidingVoteAtOnceEndInOneOutcome() throws Exception {
        int approved = 0;
        for (int race = 0; race < 300; race++) {
            String id = "ap-" + race;
            ask(id, 2, Map.of(), null);
            approvals.vote(id, "alice", Set.of(), true, "yes");
            List<Object> said = AtOnce.run(
                    2,
                    i -> () -> i == 0
                            ? approvals.vote(id, "carol", Set.of(), true, "yes")
                            : approvals.takeBack(id, "alice", "wrong"));
            boolean takenBack = said.get(1) instanceof Approval;
            assertThat(said.get(0)).as(id).isInstanceOf(Approval.class); // carol may vote in either order
            assertThat(takenBack || said.get(1) instanceof ConditionFailedException)
                    .as(id)
                    .isTrue();
            Approval end = approvals.find(id).orElseThrow();
            assertThat(end.state()).as(id).isEqualTo(takenBack ? Approval.State.WAITING : Approval.State.APPROVED);
            assertThat(end.votes()).as(id).hasSize(takenBack ? 1 : 2);
            approved += takenBack ? 0 : 1;
        }
        System.out.println("taking back against the deciding vote: " + approved + " of 300 approved");
    }
}
