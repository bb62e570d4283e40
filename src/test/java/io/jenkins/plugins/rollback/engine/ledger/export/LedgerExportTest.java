package io.jenkins.plugins.rollback.engine.ledger.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.LedgerProof;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.ledger.SignedNote;
import io.jenkins.plugins.rollback.engine.ledger.VerifierKey;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.Before;
import org.junit.Test;

public class LedgerExportTest {

    private static final Actor AUDITOR = Actor.user("auditor");
    private static final String MANIFEST = "a".repeat(64);

    private final MemoryLedger ledger = new MemoryLedger();
    private final LedgerIndex index = new LedgerIndex(ledger.people());

    @Before
    public void fill() throws Exception {
        ledger.attach(index);
        for (int i = 0; i < 40; i++) {
            ledger.append(Event.of(EventKind.RELEASE_RETAINED)
                    .service(i % 2 == 0 ? "checkout" : "search")
                    .version("1." + i)
                    .actor(Actor.user("alice"))
                    .reason(i == 4 ? "=cmd|' /C calc'!A0 by J\u00fcrgen \u4e2d" : null)
                    .with("manifest", MANIFEST)
                    .with("files", 3)
                    .with("bytes", 300));
        }
    }

    private Map<String, byte[]> export(LedgerExport export, Query query) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export.write(query, AUDITOR, out);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private LedgerExport export() {
        return new LedgerExport(ledger, index, Clock.systemUTC());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    public void everyEntryHasAProofAndEveryFileIsListedAndSigned() throws Exception {
        Map<String, byte[]> files = export(export(), Query.all().service("checkout"));

        VerifierKey key = VerifierKey.parse(text(files.get("vkey")).strip());
        JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
        String hash = Sha256.of(files.get("manifest.json"));
        assertThat(SignedNote.verify(LedgerExport.STATEMENT, text(files.get("manifest.sig")), key))
                .isEqualTo("sha256 " + hash + "\n");
        List<String> listed = new ArrayList<>(manifest.path("files").findValuesAsText("name"));
        assertThat(listed)
                .containsExactlyInAnyOrder(files.keySet().stream()
                        .filter(name -> !name.startsWith("manifest."))
                        .toArray(String[]::new));
        for (JsonNode file : manifest.path("files")) {
            byte[] content = files.get(file.path("name").asText());
            assertThat(file.path("bytes").asLong()).isEqualTo(content.length);
            assertThat(file.path("sha256").asText()).isEqualTo(Sha256.of(content));
        }
        String[] entries = text(files.get("entries.jsonl")).split("\n");
        String[] proofs = text(files.get("proofs.jsonl")).split("\n");
        assertThat(entries).hasSize(20);
        assertThat(proofs).hasSize(20);
        for (int i = 0; i < 20; i++) {
            JsonNode proof = new ObjectMapper().readTree(proofs[i]);
            assertThat(proof.path("index").asInt()).isEqualTo(2 * i);
            StringBuilder tlog = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + 2 * i + "\n");
            proof.path("hashes")
                    .forEach(sibling -> tlog.append(sibling.asText()).append('\n'));
            tlog.append('\n').append(text(files.get("checkpoint")));
            LedgerProof.verify(tlog.toString(), entries[i].getBytes(StandardCharsets.UTF_8), key);
        }
        assertThat(text(files.get("INSTRUCTIONS.md"))).contains("manifest.sig", "RFC 9162");
    }

    @Test
    public void tableIsSafeAndNamesPeople() throws Exception {
        Map<String, byte[]> files = export(
                export().with(entries -> List.of(new ExportedHash("build log", "=evil#1", "b".repeat(64), -1))),
                Query.all().service("checkout"));
        String table = text(files.get("entries.csv"));
        assertThat(table).contains("alice").contains(",alice,'=cmd|' /C calc'!A0 by J\u00fcrgen \u4e2d,");
        assertThat(text(files.get("hashes.csv")))
                .contains("release manifest,checkout 1.38," + MANIFEST + ",38\r\n")
                .contains("build log,'=evil#1," + "b".repeat(64) + ",\r\n");
    }

    @Test
    public void summaryIsReadable() throws Exception {
        byte[] pdf = export(export(), Query.all().service("checkout")).get("summary.pdf");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains("What the ledger says", "service checkout", "release.retained", "checkout 1.38", "alice")
                    .contains("J\u00fcrgen ?");
        }
    }

    @Test
    public void exportIsAnEntryThatSaysWhatWasAskedForButNotWho() throws Exception {
        long before = ledger.size();
        JsonNode manifest = new ObjectMapper()
                .readTree(export(
                                export(),
                                Query.all().actor("alice").service("search").text("j\u00fcrgen"))
                        .get("manifest.json"));
        Entry entry = ledger.entry(before);
        assertThat(entry.kind()).isEqualTo(EventKind.EXPORT);
        assertThat(ledger.people().shown(entry.actor())).isEqualTo("auditor");
        assertThat(entry.data().path("filter").toString())
                .isEqualTo("{\"actor\":\"...\",\"service\":\"search\",\"text\":\"...\"}");
        assertThat(manifest.path("exportEntry").asLong()).isEqualTo(before);
        assertThat(manifest.path("filter").path("actor").asText()).isEqualTo("alice");
        assertThat(manifest.path("size").asLong()).isGreaterThan(before);
    }

    @Test
    public void withoutNamesNobodyIsNamed() throws Exception {
        Map<String, byte[]> files = export(export().withoutNames(), Query.all().actor("alice"));
        assertThat(files.get("entries.jsonl")).isNotEmpty();
        files.forEach((name, content) -> {
            assertThat(text(content)).as(name).doesNotContain("alice").doesNotContain("calc");
        });
        assertThat(text(files.get("entries.csv"))).contains(",person ");
    }

    @Test
    public void nothingFoundIsAnExportToo() throws Exception {
        Map<String, byte[]> files = export(export(), Query.all().service("none"));
        assertThat(files.get("entries.jsonl")).isEmpty();
        assertThat(text(files.get("manifest.json"))).contains("\"entries\":0");
    }

    @Test
    public void statementCannotBeTakenForACheckpointOrAnotherStatement() {
        String note = ledger.sign("export", "sha256 00\n");
        VerifierKey key = ledger.tree().key();
        assertThatThrownBy(() -> io.jenkins.plugins.rollback.engine.ledger.SignedCheckpoint.verify(note, key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.verify("other", note, key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.verify("export", note.replace("00", "01"), key))
                .hasMessageContaining("did not make");
        assertThatThrownBy(() -> ledger.sign("export", "a\n\nb\n")).isInstanceOf(IllegalArgumentException.class);
    }
}
