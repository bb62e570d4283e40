package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.List;
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
}
