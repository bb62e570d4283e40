package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
    public void erasingLeavesNoTraceAndEveryProofHolds() throws Exception {
        try (FileLedger ledger = open()) {
            Entry byAlice = ledger.append(event(0).actor(ALICE).reason("I did"));
            Entry aboutAlice = ledger.append(event(1).actor(BOB).reason("ALICE.LIDDELL asked for it"));
            Checkpoint before = ledger.checkpoint();

            assertThat(ledger.people().erase(ALICE)).isEqualTo(2);
            assertThat(ledger.people().eraseText(byAlice.reason())).isTrue();
            assertThat(ledger.people().eraseText(byAlice.reason())).isFalse();

            assertThat(ledger.people().actor(byAlice.actor())).isEmpty();
            assertThat(ledger.people().shown(byAlice.actor())).startsWith("erased person ");
            assertThat(ledger.people().text(aboutAlice.reason())).isEmpty();
            assertThat(ledger.people().actor(aboutAlice.actor())).contains(BOB);
            assertThat(filesWith("alice")).isEmpty();
            assertThat(filesWith("I did")).isEmpty();

            Entry later = ledger.append(event(2).actor(ALICE).reason("back again"));
            assertThat(later.actor()).isNotEqualTo(byAlice.actor());
            assertThat(ledger.people().actor(later.actor())).contains(ALICE);
            ledger.checkpoint();
            assertThat(LedgerVerifier.verify(dir(), before.note()).problem()).isNull();
        }
        try (FileLedger ledger = open()) {
            assertThat(ledger.people().actor(ledger.entry(0).actor())).isEmpty();
            assertThat(ledger.people().actor(ledger.entry(2).actor())).contains(ALICE);
            assertThat(ledger.people().text(ledger.entry(2).reason())).contains("back again");
        }
        assertThat(LedgerVerifier.verify(dir()).problem()).isNull();
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

    private List<String> filesWith(String text) throws Exception {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (content.toLowerCase(java.util.Locale.ROOT).contains(text.toLowerCase(java.util.Locale.ROOT))) {
                    found.add(dir().relativize(file).toString());
                }
            }
        }
        return found;
    }
}
