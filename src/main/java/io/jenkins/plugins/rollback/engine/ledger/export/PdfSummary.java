package io.jenkins.plugins.rollback.engine.ledger.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The summary of an export for people: what was asked for, how much was found, and the entries as lines. It proves
 * nothing by itself and says so; {@code manifest.json} has its hash.
 */
final class PdfSummary {

    /** More entries than anybody reads; all of them are in the table beside it. */
    static final int MAX_LINES = 2_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final float[] COLUMNS = {0, 40, 142, 250, 380};

    private final JsonNode manifest;
    private final UnaryOperator<String> actor;
    private final UnaryOperator<String> text;

    /**
     * Prepares one.
     *
     * @param manifest as far as it is known
     * @param actor how a commitment to an actor is shown
     * @param text how a commitment to a text is shown, {@code null} for nothing
     */
    PdfSummary(JsonNode manifest, UnaryOperator<String> actor, UnaryOperator<String> text) {
        this.manifest = manifest;
        this.actor = actor;
        this.text = text;
    }

    void write(Ledger ledger, List<Long> found, OutputStream out) throws IOException {
        try (PdfPages pages =
                new PdfPages("Export of " + manifest.path("origin").asText())) {
            pages.title("What the ledger says");
            pages.line("Ledger", manifest.path("origin").asText());
            pages.line(
                    "Exported",
                    manifest.path("created").asText() + ", recorded as entry "
                            + manifest.path("exportEntry").asLong());
            pages.line("Asked for", filter());
            pages.line("Found", found.size() + " of " + manifest.path("size").asLong() + " entries");
            pages.line("Root hash", manifest.path("rootHash").asText());
            pages.space();
            pages.text(
                    "This page is for reading. The evidence is in the other files: every entry with its proof, the signed"
                            + " checkpoint, the key. INSTRUCTIONS.md says how to verify them without a tool of ours.");
            counts(ledger, found, pages);
            entries(ledger, found, pages);
            pages.save(out);
        }
    }

    private String filter() {
        StringBuilder all = new StringBuilder();
        for (Iterator<Map.Entry<String, JsonNode>> parts =
                        manifest.path("filter").fields();
                parts.hasNext(); ) {
            Map.Entry<String, JsonNode> part = parts.next();
            all.append(all.isEmpty() ? "" : ", ")
                    .append(part.getKey())
                    .append(' ')
                    .append(part.getValue().asText());
        }
        return all.isEmpty() ? "everything" : all.toString();
    }

    private static void counts(Ledger ledger, List<Long> found, PdfPages pages) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (long number : found) {
            kinds.merge(ledger.entry(number).kind().wire(), 1, Integer::sum);
        }
        pages.heading("How often what happened");
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            pages.line(kind.getKey(), String.valueOf(kind.getValue()));
        }
    }

    private void entries(Ledger ledger, List<Long> found, PdfPages pages) throws IOException {
        pages.heading("What happened");
        pages.row(COLUMNS, "Entry", "Time (UTC)", "Kind", "About", "By");
        int lines = 0;
        for (long number : found) {
            if (lines++ == MAX_LINES) {
                pages.text("and " + (found.size() - MAX_LINES) + " more, in entries.csv");
                return;
            }
            Entry entry = ledger.entry(number);
            String about = Stream.of(entry.service(), entry.environment(), entry.version())
                    .filter(name -> name != null)
                    .collect(Collectors.joining(" "));
            pages.row(
                    COLUMNS,
                    String.valueOf(number),
                    TIME.format(entry.time()),
                    entry.kind().wire(),
                    about,
                    actor.apply(entry.actor()));
            String reason = text.apply(entry.reason());
            if (reason != null) {
                pages.note(reason);
            }
        }
    }
}
