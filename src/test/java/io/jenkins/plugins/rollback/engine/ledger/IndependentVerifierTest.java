package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.rollback.engine.ledger.export.LedgerExport;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.Before;
import org.junit.Test;

/** {@code docs/verify_ledger.py} shares no line with this project: what it accepts, other people's tools can read. */
public class IndependentVerifierTest extends LedgerTestBase {

    private Path script;

    @Before
    public void find() throws Exception {
        script = PythonVerifier.script();
        assertThat(Files.readAllLines(script)).hasSizeLessThanOrEqualTo(150);
        assumeTrue("python3 is not installed", run("--version").startsWith("Python 3"));
        try (FileLedger ledger = open()) {
            append(ledger, 520);
        }
    }

    private static String run(String... args) throws Exception {
        return PythonVerifier.python(args);
    }

    private String verify() throws Exception {
        return run(script.toString(), dir().toString());
    }

    @Test
    public void acceptsALedgerAndNamesTheFirstBadEntry() throws Exception {
        assertThat(verify()).isEqualTo("OK: 520 entries");
        bend("tile/entries/001", 5_000, " is bad (1)");
        bend("tile/0/001", 32 * 10 + 3, "BAD: entry 266 is bad (1)");
        bend("tile/1/000.p/2", 3, "BAD: tile/1/000.p/2 is bad (1)");
        bend("checkpoint", ORIGIN.length() + 2, "(1)");
        bend("checkpoint", (int) Files.size(dir().resolve("checkpoint")) - 20, "(1)");
        bend("vkey", ORIGIN.length() + 3, "(1)");
        assertThat(verify()).isEqualTo("OK: 520 entries");
    }

    @Test
    public void acceptsALedgerWhoseKeyWasChanged() throws Exception {
        try (FileLedger ledger = open()) {
            ledger.rotateKey(io.jenkins.plugins.rollback.engine.model.Actor.user("alice"), null);
        }
        assertThat(verify()).isEqualTo("OK: 521 entries");
    }

    @Test
    public void acceptsWhatWasDroppedAndNothingElseThatIsMissing() throws Exception {
        java.util.BitSet gone = new java.util.BitSet();
        gone.set(10, 20);
        gone.set(300);
        try (FileLedger ledger = open()) {
            ledger.drop(DropTest.swept(gone), Condition.ALWAYS);
        }
        assertThat(verify()).isEqualTo("OK: 521 entries, 11 of them dropped");
        bend("kept/000", 5_000, " is bad (1)");
        Path kept = dir().resolve("kept/000");
        byte[] good = Files.readAllBytes(kept);
        List<byte[]> entries = EntryBundle.decode(good);
        entries.set(7, new byte[0]);
        Files.write(kept, EntryBundle.encode(entries));
        assertThat(verify()).isEqualTo("BAD: entry 7 is bad: nothing says that it was dropped (1)");
        Files.write(kept, good);
        Path export = exported();
        assertThat(run(script.toString(), export.toString())).isEqualTo("OK: 510 entries of 522");
    }

    @Test
    public void followsTheKeysOfAnExportFromOneThatIsTrusted() throws Exception {
        Path first = folder.newFile("first").toPath();
        Files.copy(dir().resolve("vkey"), first, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (FileLedger ledger = open()) {
            ledger.rotateKey(Actor.user("alice"), null);
            ledger.rotateKey(Actor.user("alice"), null);
        }
        Path export = exported();
        assertThat(run(script.toString(), export.toString(), first.toString())).isEqualTo("OK: 522 entries of 523");
        assertThat(run(
                        script.toString(),
                        export.toString(),
                        dir().resolve("vkey").toString()))
                .isEqualTo("OK: 522 entries of 523");
        Path other = folder.newFile("other").toPath();
        Files.writeString(other, SigningKey.create(ORIGIN, new SecureRandom()).verifier() + "\n");
        assertThat(run(script.toString(), export.toString(), other.toString()))
                .contains("key is not the expected one (1)");
        try (ZipFile zip = new ZipFile(export.toFile())) {
            String keys = new String(zip.getInputStream(zip.getEntry("vkeys")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keys)
                    .isEqualTo(Files.readString(dir().resolve("vkeys")))
                    .startsWith("0 " + Files.readString(first));
        }
    }

    private Path exported() throws IOException {
        Path out = folder.getRoot().toPath().resolve("whole.zip");
        try (FileLedger ledger = open();
                OutputStream stream = Files.newOutputStream(out)) {
            LedgerIndex index = new LedgerIndex(ledger.people());
            ledger.attach(index);
            new LedgerExport(ledger, index, Clock.systemUTC()).write(Query.all(), Actor.user("auditor"), stream);
        }
        return out;
    }

    private void bend(String name, int position, String expected) throws Exception {
        Path file = dir().resolve(name);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[position] ^= 1;
        Files.write(file, bad);
        assertThat(verify()).as(name).startsWith("BAD: ").endsWith(expected);
        Files.write(file, good);
    }

    @Test
    public void referenceNamesEveryKind() throws Exception {
        String reference = Files.readString(script.resolveSibling("reference").resolve("ledger.md"));
        for (EventKind kind : EventKind.values()) {
            assertThat(reference).contains("`" + kind.wire() + "`");
        }
    }

    @Test
    public void acceptsAProofAndNoOther() throws Exception {
        Path proof = folder.newFile("proof").toPath();
        Path entry = folder.newFile("entry").toPath();
        String vkey = dir().resolve("vkey").toString();
        try (FileLedger ledger = open()) {
            for (long index : new long[] {0, 255, 256, 519}) {
                Files.writeString(proof, LedgerProof.of(dir(), index).text());
                Files.write(entry, ledger.raw(index));
                assertThat(run(script.toString(), vkey, proof.toString(), entry.toString()))
                        .isEqualTo("OK: entry " + index + " of 520");
                Files.write(entry, ledger.raw((index + 1) % 520));
                assertThat(run(script.toString(), vkey, proof.toString(), entry.toString()))
                        .startsWith("BAD: ");
            }
        }
    }

    @Test
    public void acceptsAnExportAndFindsWhatWasChangedInIt() throws Exception {
        Path zip = folder.newFile("export.zip").toPath();
        Path vkey = dir().resolve("vkey");
        try (FileLedger ledger = open();
                OutputStream out = Files.newOutputStream(zip)) {
            ledger.append(event(520).service("search"));
            LedgerIndex index = new LedgerIndex(ledger.people());
            ledger.attach(index);
            new LedgerExport(ledger, index, Clock.systemUTC())
                    .write(Query.all().service("checkout"), Actor.user("auditor"), out);
        }
        assertThat(run(script.toString(), zip.toString())).isEqualTo("OK: 520 entries of 522");
        assertThat(run(script.toString(), zip.toString(), vkey.toString())).isEqualTo("OK: 520 entries of 522");
        Path other = folder.newFile("other").toPath();
        Files.writeString(other, SigningKey.create(ORIGIN, new SecureRandom()).verifier() + "\n");
        assertThat(run(script.toString(), zip.toString(), other.toString()))
                .contains("key is not the expected one (1)");
        for (String name : List.of(
                "entries.jsonl", "proofs.jsonl", "checkpoint", "entries.csv", "summary.pdf", "manifest.json", "vkey")) {
            assertThat(run(script.toString(), changed(zip, name).toString()))
                    .as(name)
                    .startsWith("BAD: ")
                    .endsWith("(1)");
        }
    }

    /** A copy of a zip in which one byte of one file is another. */
    private Path changed(Path zip, String name) throws IOException {
        Path copy = folder.newFile().toPath();
        try (ZipFile from = new ZipFile(zip.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(name)) {
                    content[content.length / 2] ^= 1;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
            }
        }
        return copy;
    }
}
