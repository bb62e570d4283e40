package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

public class PersonalRecordsTest extends LedgerTestBase {

    private static final Actor ALICE = Actor.user("alice.liddell");
    private static final Actor BOB = Actor.user("bob");
    private static final Actor OFFICER = Actor.user("officer");

    @Test
    public void showsWhatAPersonDidAndWhereThePersonIsNamed() throws Exception {
        try (FileLedger ledger = open()) {
            ledger.append(event(0).actor(ALICE).reason("I saw errors"));
            ledger.append(event(1).actor(BOB).reason("Alice.Liddell called me"));
            ledger.append(event(2).actor(BOB).reason("mrs. hargreaves called me"));
            ledger.append(event(3).actor(BOB).reason("malice.liddell is somebody else"));
            ledger.append(event(4).actor(ALICE));

            ObjectNode about = new PersonalRecords(ledger).about(ALICE, List.of("Mrs. Hargreaves"));

            assertThat(about.path("person").asText()).isEqualTo("user:alice.liddell");
            assertThat(about.path("did").findValuesAsText("index")).containsExactly("0", "4");
            assertThat(about.path("did").get(0).path("reason").asText()).isEqualTo("I saw errors");
            assertThat(about.path("did").get(0).at("/entry/data/deployment").asText())
                    .isEqualTo("dp-0");
            assertThat(about.path("named"))
                    .extracting(named -> named.path("reason").asText())
                    .containsExactly("Alice.Liddell called me", "mrs. hargreaves called me");
            assertThat(new PersonalRecords(ledger)
                            .about(Actor.user("nobody"), List.of())
                            .path("did"))
                    .isEmpty();
        }
    }

    /** After erasing, no file of the ledger holds the name, every proof made before and after holds. */
    @Test
    public void erasingLeavesNoTraceAndEveryProofHolds() throws Exception {
        List<String> proofs = new ArrayList<>();
        String alice;
        String bob;
        Checkpoint before;
        try (FileLedger ledger = open()) {
            alice = ledger.append(event(0).actor(ALICE).reason("it was my release"))
                    .actor();
            bob = ledger.append(event(1).actor(BOB).reason("ALICE.LIDDELL asked for it"))
                    .actor();
            append(ledger, 600);
            keepStates(ledger);
            before = ledger.checkpoint();
            Tree tree = ledger.tree();
            for (long index = 0; index < 602; index += 100) {
                proofs.add(tree.proof(index).text());
            }
            PersonalRecords records = new PersonalRecords(ledger);
            List<String> marked = new ArrayList<>(records.textsNaming(List.of(ALICE.id())));
            marked.add(ledger.entry(0).reason());
            assertThat(filesWith("alice.liddell")).containsExactly("people/table");

            PersonalRecords.Erased erased = records.erase(OFFICER, ALICE, marked);

            assertThat(dir().resolve("index")).isDirectoryContaining(file -> file.endsWith("approvals"));
            keepStates(ledger);
            assertThat(erased.rows()).isEqualTo(3);
            assertThat(erased.texts()).isEqualTo(2);
            assertThat(ledger.entry(erased.entry()).kind()).isEqualTo(EventKind.PERSON_ERASED);
            assertThat(ledger.entry(erased.entry()).text("person")).isEqualTo(alice);
            assertThat(filesWith("alice.liddell")).isEmpty();
            assertThat(filesWith("it was my release")).isEmpty();
            assertThat(ledger.people().shown(alice)).isEqualTo("erased person " + alice.substring(0, 8));
            assertThat(ledger.people().shownText(ledger.entry(0).reason())).startsWith("erased text ");
            assertThat(ledger.people().shown(bob)).isEqualTo("bob");

            Entry later = ledger.append(event(2).actor(ALICE).reason("back again"));
            assertThat(later.actor()).isNotEqualTo(alice);
            assertThat(ledger.people().actor(later.actor())).contains(ALICE);
            records.erase(OFFICER, ALICE, List.of());
            records.erase(OFFICER, BOB, List.of());
            assertThat(ledger.people().shown(bob))
                    .as("erased people stay distinguishable")
                    .startsWith("erased person ")
                    .isNotEqualTo(ledger.people().shown(alice));
            assertThatThrownBy(() -> records.erase(OFFICER, ALICE, List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(filesWith("alice.liddell")).isEmpty();
        try (FileLedger ledger = open()) {
            assertThat(ledger.people().shown(alice)).startsWith("erased person ");
            VerifierKey key = ledger.tree().key();
            for (int i = 0; i < proofs.size(); i++) {
                LedgerProof.verify(proofs.get(i), ledger.raw(i * 100L), key);
                LedgerProof.verify(ledger.tree().proof(i * 100L).text(), ledger.raw(i * 100L), key);
            }
        }
        assertThat(LedgerVerifier.verify(dir(), before.note()).problem()).isNull();
    }

    /** An approval that waits names people, but only in the side table. */
    @Test
    public void whatAStartComputesHoldsNoName() throws Exception {
        try (FileLedger ledger = open()) {
            Approvals approvals = new Approvals(ledger, Clock.systemUTC());
            ledger.attach(approvals);
            approvals.ask(
                    "ap-1",
                    new Target("checkout", "production"),
                    "rb-1",
                    "2",
                    "1",
                    "ab".repeat(32),
                    new ApprovalPolicy("two-eyes", new TreeSet<>(Set.of(ALICE.id())), 2, false, Duration.ofMinutes(5)),
                    new TreeSet<>(Set.of(BOB.id())),
                    "checkout#7");
            approvals.vote("ap-1", ALICE.id(), Set.of(), true, "alice.liddell says yes");
            append(ledger, 20);
            keepStates(ledger);
            assertThat(filesWith("ap-1")).contains("index/approvals", "index/catalog");
            assertThat(filesWith("alice.liddell")).containsExactly("people/table");
        }
    }

    /** What a start computes from the ledger lies in files too. */
    private void keepStates(FileLedger ledger) throws Exception {
        StateKeeper keeper = new StateKeeper(
                ledger,
                dir().resolve("index"),
                work -> {},
                List.of(
                        new Catalog(ledger),
                        new Approvals(ledger, Clock.systemUTC()),
                        new Deliveries(ledger, Clock.systemUTC()),
                        new LedgerIndex(ledger.people())));
        keeper.attach();
        keeper.save();
    }
}
