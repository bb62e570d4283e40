package io.jenkins.plugins.rollback.engine.ledger.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.CanonicalJson;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes part of a ledger as a zip: the entries' very bytes with a proof of inclusion for each, the signed checkpoint
 * they lead to and the key, with the keys before it and the tombstones of what was dropped; the same entries as a table and as a PDF for people; hashes of what is kept elsewhere; and a
 * signed list of all files. {@code INSTRUCTIONS.md} in it says how to verify it with no tool of ours.
 *
 * <p>The export is an entry itself, written before the first byte of it. It says what was asked for, not who was looked
 * for.
 */
public final class LedgerExport {

    /** Of {@link Ledger#sign}: the body is the line {@code sha256 <hash of manifest.json>}. */
    public static final String STATEMENT = "export";

    /** Parts of a query that may be personal data: their names are recorded, their values are not. */
    private static final Set<String> PERSONAL = Set.of("text", "actor");

    private final Ledger ledger;
    private final LedgerIndex index;
    private final Clock clock;
    private Elsewhere elsewhere = entries -> List.of();
    private boolean names = true;

    /** @param index of that ledger, up to date */
    public LedgerExport(Ledger ledger, LedgerIndex index, Clock clock) {
        this.ledger = ledger;
        this.index = index;
        this.clock = clock;
    }

    /** Leaves out who stands behind commitments, and the texts. */
    public LedgerExport withoutNames() {
        names = false;
        return this;
    }

    /** Knows the hashes of things that the ledger does not know, such as logs of builds. */
    @FunctionalInterface
    public interface Elsewhere {

        /** @param entries the indexes of those that are exported, in order */
        List<ExportedHash> of(List<Long> entries) throws IOException;
    }

    /** Adds the hashes of what is kept elsewhere. */
    public LedgerExport with(Elsewhere source) {
        elsewhere = source;
        return this;
    }

    /**
     * What came of it.
     *
     * @param entries how many were exported
     * @param entry index of the entry that records the export
     * @param manifest SHA-256 of {@code manifest.json}, hexadecimal
     */
    public record Result(int entries, long entry, String manifest) {}

    /**
     * Writes the zip.
     *
     * @param who exports
     * @param out stays open
     * @throws IOException when it cannot be written, or the export could not be recorded; then nothing was written
     */
    public Result write(Query query, Actor who, OutputStream out) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Long> found =
                new ArrayList<>(index.search(query, Integer.MAX_VALUE).entries());
        Collections.reverse(found); // the oldest first
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(query.said()).forEach((key, value) -> asked.put(key, PERSONAL.contains(key) ? "..." : value));
        Entry recorded = ledger.append(Event.of(EventKind.EXPORT)
                .actor(who)
                .with("entries", found.size())
                .with("filter", asked)
                .with("names", names));
        Tree tree = ledger.tree();
        Upkeep upkeep = new Upkeep(ledger, index, tree);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("format", "release-rollback export 1");
        manifest.put("origin", ledger.origin());
        manifest.put("created", now.toString());
        manifest.put("exportEntry", recorded.index());
        manifest.put("entries", found.size());
        manifest.put("size", tree.checkpoint().size());
        manifest.put("rootHash", tree.checkpoint().rootHash());
        manifest.put("dropped", upkeep.dropped());
        manifest.put("names", names);
        ObjectNode filter = manifest.putObject("filter");
        new TreeMap<>(query.said())
                .forEach(
                        names
                                ? filter::put
                                : (key, value) -> filter.put(key, asked.get(key).asText()));
        try (ZipParts zip = new ZipParts(out, now)) {
            zip.add("INSTRUCTIONS.md", resource("INSTRUCTIONS.md"));
            zip.add("checkpoint", tree.checkpoint().note());
            zip.add("vkey", tree.key() + "\n");
            zip.add("vkeys", tree.keys());
            zip.add("upkeep.jsonl", upkeep::write);
            zip.add("entries.jsonl", part -> raw(found, part));
            zip.add("proofs.jsonl", part -> proofs(found, tree, part));
            zip.add("entries.csv", part -> table(found, part));
            zip.add("hashes.csv", part -> hashes(found, part));
            zip.add("summary.pdf", part -> new PdfSummary(manifest, this::shown, this::shownText)
                    .write(ledger, found, part));
            manifest.set("files", zip.files());
            byte[] listed = CanonicalJson.bytes("manifest", manifest);
            String hash = Sha256.of(listed);
            zip.add("manifest.json", part -> part.write(listed));
            zip.add("manifest.sig", ledger.sign(STATEMENT, "sha256 " + hash + "\n"));
            return new Result(found.size(), recorded.index(), hash);
        }
    }

    private void raw(List<Long> found, OutputStream out) throws IOException {
        for (long entry : found) {
            out.write(ledger.raw(entry)); // canonical JSON holds no line feed
            out.write('\n');
        }
    }

    private static void proofs(List<Long> found, Tree tree, OutputStream out) throws IOException {
        for (long entry : found) {
            ObjectNode line = Upkeep.proof(tree, entry);
            out.write(CanonicalJson.bytes("proof", line));
            out.write('\n');
        }
    }

    private void table(List<Long> found, OutputStream out) throws IOException {
        write(out, Csv.line("index", "time", "kind", "service", "environment", "release", "actor", "reason", "data"));
        for (long number : found) {
            Entry entry = ledger.entry(number);
            write(
                    out,
                    Csv.line(
                            number,
                            entry.time(),
                            entry.kind().wire(),
                            entry.service(),
                            entry.environment(),
                            entry.version(),
                            shown(entry.actor()),
                            shownText(entry.reason()),
                            CanonicalJson.text("data", entry.data())));
        }
    }

    private void hashes(List<Long> found, OutputStream out) throws IOException {
        write(out, Csv.line("what", "name", "sha256", "entry"));
        for (long number : found) {
            for (ExportedHash hash : ExportedHash.of(ledger.entry(number))) {
                write(out, Csv.line(hash.what(), hash.name(), hash.sha256(), hash.entry()));
            }
        }
        for (ExportedHash hash : elsewhere.of(found)) {
            write(out, Csv.line(hash.what(), hash.name(), hash.sha256(), hash.entry() < 0 ? null : hash.entry()));
        }
    }

    private String shown(String commitment) {
        return names ? ledger.people().shown(commitment) : "person " + commitment.substring(0, People.SHOWN_DIGITS);
    }

    private String shownText(String commitment) {
        return commitment == null || !names ? null : ledger.people().shownText(commitment);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = LedgerExport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
