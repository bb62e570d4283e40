package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.rollback.engine.ledger.EventJson;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LedgerCliTest {

    private static final String EVENT =
            "{\"kind\": \"release.retained\", \"service\": \"shop\", \"environment\": \"eu\","
                    + " \"release\": \"1\", \"actor\": \"alice\", \"reason\": \"INC-1\", \"data\": {\"files\": 3, \"odd\": [true]}}\n";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private String ledger;

    @Before
    public void place() {
        ledger = folder.getRoot().toPath().resolve("ledger").toString();
    }

    @Test
    public void appendsAndPrintsEachIndex() {
        Cli first = Cli.runWith(EVENT + "\n" + EVENT, "ledger", "append", "--ledger", ledger);
        Cli second = Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger, "--json");

        assertThat(first.status).as(first.err).isZero();
        assertThat(first.out).isEqualTo("0\n1\n");
        assertThat(second.out).isEqualTo("{\"index\":2}\n");
        for (String file : new String[] {"checkpoint", "vkey", "tile"}) {
            assertThat(Path.of(ledger, file)).exists();
        }
    }

    @Test
    public void showsAndErasesAPerson() throws Exception {
        String about = EVENT.replace("\"alice\"", "\"bob\"").replace("INC-1", "Alice asked, says A. Liddell");
        Cli.runWith(EVENT + about, "ledger", "append", "--ledger", ledger);

        Cli shown = Cli.run("ledger", "person", "show", "--ledger", ledger, "--person", "alice");
        assertThat(shown.status).as(shown.err).isZero();
        assertThat(shown.json().path("did").size()).isEqualTo(1);
        assertThat(shown.json().at("/named/0/reason").asText()).startsWith("Alice asked");

        Cli erased = Cli.run("ledger", "person", "erase", "--ledger", ledger, "--person", "alice", "--json");
        assertThat(erased.status).as(erased.err).isZero();
        assertThat(erased.json().path("erased").asInt()).isEqualTo(2);
        assertThat(Files.readString(Path.of(ledger, "people", "table"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContainIgnoringCase("alice");
        assertThat(Cli.run("ledger", "show", "--ledger", ledger).out)
                .contains("erased person ")
                .contains("by bob");
        assertThat(Cli.run("ledger", "verify", "--ledger", ledger).status).isZero();
        Cli again = Cli.run("ledger", "person", "erase", "--ledger", ledger, "--person", "alice");
        assertThat(again.status).isEqualTo(2);
    }

    @Test
    public void exportsWhatIsAskedForAndRecordsIt() throws Exception {
        Cli.runWith(EVENT + EVENT.replace("shop", "search"), "ledger", "append", "--ledger", ledger);
        Path out = folder.getRoot().toPath().resolve("export.zip");

        Cli done =
                Cli.run("ledger", "export", "--ledger", ledger, "--out", out.toString(), "--service", "shop", "--json");

        assertThat(done.status).as(done.err).isZero();
        assertThat(done.json().path("entries").asInt()).isEqualTo(1);
        assertThat(done.json().path("entry").asInt()).isEqualTo(2);
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(out.toFile())) {
            assertThat(new String(
                            zip.getInputStream(zip.getEntry("entries.csv")).readAllBytes()))
                    .contains(",shop,eu,1,alice,INC-1,")
                    .doesNotContain("search");
        }
        assertThat(Cli.run("ledger", "export", "--ledger", ledger, "--out", out.toString()).status)
                .isEqualTo(2);
        Path other = folder.getRoot().toPath().resolve("other.zip");
        Cli wrong = Cli.run("ledger", "export", "--ledger", ledger, "--out", other.toString(), "--from", "yesterday");
        assertThat(wrong.status).isEqualTo(2);
        assertThat(wrong.err).contains("--from: 'yesterday'");
        assertThat(other).doesNotExist();
        Cli month = Cli.run("ledger", "export", "--ledger", ledger, "--out", other.toString(), "--to", "2020-01-01");
        assertThat(month.out).startsWith("Exported 0 entries");
    }

    @Test
    public void verifiesAndNamesTheFirstBadEntry() throws Exception {
        Cli.runWith(EVENT.repeat(300), "ledger", "append", "--ledger", ledger);
        Cli good = Cli.run("ledger", "verify", "--ledger", ledger, "--json");
        assertThat(good.status).as(good.out + good.err).isZero();
        assertThat(good.json().path("ok").asBoolean()).isTrue();
        assertThat(good.json().path("entries").asLong()).isEqualTo(300);
        Path bundle = Path.of(ledger, "tile", "entries", "000");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        bundle.toFile().setWritable(true);
        Files.write(bundle, bytes);

        Cli bad = Cli.run("ledger", "verify", "--ledger", ledger, "--json");

        assertThat(bad.status).isEqualTo(1);
        assertThat(bad.json().path("firstBad").asLong()).isBetween(100L, 160L);
        assertThat(bad.json().path("problem").asText()).contains("entry");
    }

    @Test
    public void aLedgerThatWasCutOffIsFoundByAnEarlierCheckpoint() throws Exception {
        Cli.runWith(EVENT.repeat(2), "ledger", "append", "--ledger", ledger);
        Path kept = folder.getRoot().toPath().resolve("kept");
        Files.copy(Path.of(ledger, "checkpoint"), kept);
        Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger);

        assertThat(Cli.run("ledger", "verify", "--ledger", ledger, "--since", kept.toString()).status)
                .isZero();
    }

    @Test
    public void showsPeopleBesideTheEntryNotInIt() throws Exception {
        Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger);

        Cli shown = Cli.run("ledger", "show", "--ledger", ledger, "--json");

        assertThat(shown.status).as(shown.err).isZero();
        assertThat(shown.json().path("index").asLong()).isZero();
        assertThat(shown.json().path("actor").asText()).isEqualTo("user:alice");
        assertThat(shown.json().path("reason").asText()).isEqualTo("INC-1");
        assertThat(shown.json().path("entry").toString())
                .doesNotContain("alice")
                .contains("release.retained");
        assertThat(Cli.run("ledger", "show", "--ledger", ledger).out)
                .contains("release.retained  shop eu 1  by alice: INC-1");
    }

    @Test
    public void provesAnEntry() throws Exception {
        Cli.runWith(EVENT.repeat(5), "ledger", "append", "--ledger", ledger);

        Cli proof = Cli.run("ledger", "prove", "--ledger", ledger, "--entry", "3");

        assertThat(proof.status).as(proof.err).isZero();
        assertThat(proof.out)
                .startsWith("c2sp.org/tlog-proof@v1\nindex 3\n")
                .contains("localhost/release-rollback/1\n5\n");
        Cli beyond = Cli.run("ledger", "prove", "--ledger", ledger, "--index", "5");
        assertThat(beyond.status).isEqualTo(2);
        assertThat(beyond.err).hasLineCount(1);
    }

    @Test
    public void badInputNamesTheLineAndTheField() {
        Cli unknown = Cli.runWith(EVENT + "{\"kind\": \"party\"}\n", "ledger", "append", "--ledger", ledger);
        Cli broken = Cli.runWith("{\n", "ledger", "append", "--ledger", ledger);
        Cli none = Cli.run("ledger", "verify", "--ledger", ledger + "-not");

        assertThat(unknown.out).isEqualTo("0\n");
        assertThat(unknown.err).contains("line 2: kind: 'party' is unknown");
        assertThat(broken.err).contains("line 1: event: not JSON");
        assertThat(none.err).contains("there is no ledger in");
        for (Cli cli : new Cli[] {unknown, broken, none}) {
            assertThat(cli.status).isEqualTo(2);
            assertThat(cli.err).hasLineCount(1);
        }
        assertThat(Path.of(ledger + "-not")).doesNotExist();
    }

    @Test
    public void everyLineOfJsonIsADocument() throws Exception {
        Cli cli = Cli.runWith(EVENT.repeat(3), "ledger", "append", "--ledger", ledger, "--json");

        ObjectMapper json = new ObjectMapper();
        for (String line : cli.out.split("\n")) {
            assertThat(json.readTree(line).has("index")).isTrue();
        }
    }

    @Test
    public void provesThatTheLedgerOnlyGrew() throws Exception {
        Cli.runWith(EVENT.repeat(5), "ledger", "append", "--ledger", ledger);
        Path kept = folder.getRoot().toPath().resolve("kept");
        Files.copy(Path.of(ledger, "checkpoint"), kept);
        Cli.runWith(EVENT.repeat(3), "ledger", "append", "--ledger", ledger);

        Cli proof = Cli.run("ledger", "prove", "--ledger", ledger, "--since", kept.toString());

        assertThat(proof.status).as(proof.err).isZero();
        assertThat(proof.out).startsWith("old 5\n").contains("\n\nlocalhost/release-rollback/1\n8\n");
        Files.writeString(kept, "nonsense");
        Cli bad = Cli.run("ledger", "prove", "--ledger", ledger, "--since", kept.toString());
        assertThat(bad.status).isEqualTo(2);
        assertThat(bad.err).contains("--since: the earlier checkpoint is not a signed checkpoint");
    }

    @Test
    public void rotatesTheKeyAndStillKnowsTheOldOne() throws Exception {
        Cli.runWith(EVENT.repeat(2), "ledger", "append", "--ledger", ledger);
        Path kept = folder.getRoot().toPath().resolve("kept");
        Files.copy(Path.of(ledger, "checkpoint"), kept);

        Cli rotated = Cli.run("ledger", "rotate-key", "--ledger", ledger, "--by", "alice", "--reason", "yearly");

        assertThat(rotated.status).as(rotated.err).isZero();
        assertThat(rotated.out).isEqualTo(Files.readString(Path.of(ledger, "vkey")));
        Cli verified = Cli.run("ledger", "verify", "--ledger", ledger, "--since", kept.toString());
        assertThat(verified.out).isEqualTo("OK, 3 entries\n");
    }

    @Test
    public void showsALedgerThatIsInUse() throws Exception {
        Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger);
        LedgerKeys keys = LedgerKeys.inFile(Path.of(ledger, "key"));
        try (FileLedger open = FileLedger.open(Path.of(ledger), null, Clock.systemUTC(), keys)) {
            open.append(EventJson.read(EVENT));

            Cli shown = Cli.run("ledger", "show", "--ledger", ledger);

            assertThat(shown.status).as(shown.err).isZero();
            assertThat(shown.out).hasLineCount(2);
            assertThat(Cli.run("ledger", "verify", "--ledger", ledger).status).isZero();
            assertThat(Cli.run("ledger", "rotate-key", "--ledger", ledger).err).contains("is in use by process");
        }
    }

    @Test
    public void lostKeyIsSaidAndANewEpochBeginsOnlyOnAPersonsWord() throws Exception {
        Cli.runWith(EVENT.repeat(2), "ledger", "append", "--ledger", ledger);
        Files.delete(Path.of(ledger, "key"));

        Cli lost = Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger);
        Cli same = Cli.run(
                "ledger",
                "new-epoch",
                "--ledger",
                ledger,
                "--origin",
                "localhost/release-rollback/1",
                "--reason",
                "x",
                "--key-lost");
        Cli epoch = Cli.run(
                "ledger",
                "new-epoch",
                "--ledger",
                ledger,
                "--origin",
                "localhost/release-rollback/2",
                "--reason",
                "x",
                "--key-lost",
                "--by",
                "alice");

        assertThat(lost.status).isNotZero();
        assertThat(lost.err).contains("the private key").contains("is gone").hasLineCount(1);
        assertThat(same.status).isEqualTo(2);
        assertThat(same.err).contains("another origin");
        assertThat(epoch.status).as(epoch.err).isZero();
        assertThat(epoch.out).startsWith("localhost/release-rollback/2+");
        assertThat(Cli.runWith(EVENT, "ledger", "append", "--ledger", ledger).out)
                .isEqualTo("3\n");
        assertThat(Cli.run("ledger", "verify", "--ledger", ledger).status).isZero();
    }
}
