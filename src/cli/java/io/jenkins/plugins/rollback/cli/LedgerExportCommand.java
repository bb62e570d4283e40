package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.export.LedgerExport;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger export}: part of a ledger as a zip that an outsider can verify. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes entries with their proofs, the signed checkpoint, tables and a PDF for people, and a signed list of all",
            "files, as a zip that verifies with no tool of ours. The export is recorded. The ledger must not be in use."
        })
final class LedgerExportCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The zip; must not exist.")
    private Path out;

    @Option(names = "--service", paramLabel = "NAME", description = "Only entries about this service.")
    private String service;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only entries about this environment.")
    private String environment;

    @Option(
            names = "--rollback",
            paramLabel = "ID",
            description = "Only what belongs to this rollback (or deployment): its gates, votes and leases too.")
    private String rollback;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind, or all that begin so: rollback.")
    private String kind;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not before: 2026-11-22 (UTC) or 2026-11-22T12:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before, in the same form.")
    private String to;

    @Option(names = "--without-names", description = "Leave out names and texts: commitments alone.")
    private boolean withoutNames;

    @Option(
            names = "--by",
            paramLabel = "ACTOR",
            defaultValue = "system:command-line",
            description = "Who exports, for the entry that records it (default: ${DEFAULT-VALUE}).")
    private String who;

    @Mixin
    private JsonOption json;

    LedgerExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Query query = Query.all()
                .service(service)
                .environment(environment)
                .subject(rollback)
                .kind(kind)
                .from(Moment.parse("--from", from))
                .to(Moment.parse("--to", to));
        if (Files.exists(out)) {
            throw new BadInputException("--out: " + out + " exists already");
        }
        try (FileLedger open = ledger.open()) {
            LedgerIndex index = new LedgerIndex(open.people());
            StateKeeper states = new StateKeeper(
                    open, ledger.existing().resolve("index"), work -> {}, List.of(index)); // kept below, at the end
            states.attach();
            LedgerExport export = new LedgerExport(open, index, Clock.systemUTC());
            LedgerExport.Result result = write(withoutNames ? export.withoutNames() : export, query);
            states.close();
            if (json.wanted()) {
                console.print(JsonNodeFactory.instance
                        .objectNode()
                        .put("file", out.toString())
                        .put("entries", result.entries())
                        .put("entry", result.entry())
                        .put("manifest", result.manifest()));
            } else {
                console.out()
                        .println("Exported " + result.entries() + " entries to " + out + "; recorded as entry "
                                + result.entry());
            }
        }
        return 0;
    }

    private LedgerExport.Result write(LedgerExport export, Query query) throws IOException {
        Path part = out.resolveSibling(out.getFileName() + ".part"); // nobody takes half an export for a whole one
        LedgerExport.Result result;
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part))) {
            result = export.write(query, Actor.parse(who), stream);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
        return result;
    }
}
