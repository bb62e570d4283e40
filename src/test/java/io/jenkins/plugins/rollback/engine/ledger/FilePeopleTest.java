package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class FilePeopleTest extends LedgerTestBase {

    private static final Actor ALICE = Actor.user("alice.liddell");
    private static final Actor BOB = Actor.user("bob");

    @Test
    public void samePersonSameCommitmentEachTextItsOwn() throws Exception {
        String first;
        try (FileLedger ledger = open()) {
            first = ledger.append(event(0).actor(ALICE)).actor();
            assertThat(ledger.append(event(1).actor(ALICE)).actor()).isEqualTo(first);
            assertThat(ledger.append(event(2).actor(BOB)).actor()).isNotEqualTo(first);
            String one = ledger.append(event(3).reason("same words")).reason();
            String two = ledger.append(event(4).reason("same words")).reason();
            assertThat(one).isNotEqualTo(two);
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.append(event(5).actor(ALICE)).actor()).isEqualTo(first);
            assertThat(ledger.people().actor(first)).contains(ALICE);
            assertThat(ledger.people().text(ledger.entry(3).reason())).contains("same words");
            assertThat(ledger.people().text(first)).isEmpty();
        }
    }

    @Test
    public void clearTextStandsNowhereButInTheSideTable() throws Exception {
        try (FileLedger ledger = open()) {
            for (int i = 0; i < 300; i++) {
                ledger.append(event(i).actor(ALICE).reason("asked by Alice.Liddell on the phone"));
            }
            assertThat(filesWith("alice.liddell")).containsExactly("people/table");
            assertThat(filesWith("on the phone")).containsExactly("people/table");
        }
        assertThat(filesWith("alice.liddell")).containsExactly("people/table");
    }

    @Test
    public void textsOfRefusedEventsGoWithTheErasure() throws Exception {
        try (FileLedger ledger = open()) {
            ledger.append(event(0).actor(ALICE));
            assertThatThrownBy(() -> ledger.append(event(1).actor(BOB).reason("alice.liddell may not"), () -> {
                        throw new ConditionFailedException("no");
                    }))
                    .isInstanceOf(ConditionFailedException.class);
            assertThat(filesWith("alice.liddell may not")).containsExactly("people/table");
            ledger.people().erase(ALICE, List.of());
            assertThat(filesWith("alice")).isEmpty();
        }
    }

    @Test
    public void erasureThatIsCutShortLeavesNothingBehindAtTheNextStart() throws Exception {
        try (FileLedger ledger = open()) {
            ledger.append(event(0).actor(ALICE));
        }
        Files.copy(dir().resolve("people/table"), dir().resolve("people/table.new"));
        try (FileLedger ledger = open()) {
            ledger.people().erase(ALICE, List.of());
            assertThat(filesWith("alice")).isEmpty();
        }
    }

    @Test
    public void textOfAnEventThatWasNotRecordedGoes() throws Exception {
        try (FileLedger ledger = open()) {
            assertThatThrownBy(() -> ledger.append(event(0).reason("never happened"), () -> {
                        throw new ConditionFailedException("no");
                    }))
                    .isInstanceOf(ConditionFailedException.class);
        }
        open().close();
        assertThat(filesWith("never happened")).isEmpty();
    }

    @Test
    public void tornRowIsCutOffDamagedRowIsAnError() throws Exception {
        try (FileLedger ledger = open()) {
            ledger.append(event(0).actor(ALICE));
            ledger.append(event(1).actor(BOB));
            ledger.append(event(2).reason("text"));
        }
        Path table = dir().resolve("people/table");
        byte[] whole = Files.readAllBytes(table);
        Files.write(table, Arrays.copyOf(whole, whole.length - 3));
        try (FileLedger ledger = open()) {
            assertThat(ledger.people().actor(ledger.entry(1).actor())).contains(BOB);
            assertThat(ledger.people().text(ledger.entry(2).reason())).isEmpty();
        }
        byte[] bent = whole.clone();
        bent[60] ^= 1;
        Files.write(table, bent);
        assertThatThrownBy(this::open)
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("row 0");
    }
}
