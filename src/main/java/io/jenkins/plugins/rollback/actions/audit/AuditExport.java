package io.jenkins.plugins.rollback.actions.audit;

import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.export.LedgerExport;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Makes an export and sends it. It is whole before its first byte is sent, and no copy stays here. */
final class AuditExport implements HttpResponse {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'rollback-audit-'uuuuMMdd-HHmmss'.zip'")
            .withZone(ZoneOffset.UTC);

    private final RollbackEngine engine;
    private final Query query;
    private final String user;

    AuditExport(RollbackEngine engine, Query query, String user) {
        this.engine = engine;
        this.query = query;
        this.user = user;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        Path file = Files.createTempFile("rollback-audit", ".zip"); // readable by its owner alone
        try {
            LedgerExport export = new LedgerExport(engine.ledger(), engine.index(), engine.clock())
                    .with(new BuildLogs(engine.ledger())::hashes);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                export.write(query, Actor.user(user), out);
            }
            response.setContentType("application/zip");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"" + NAME.format(engine.clock().instant()) + "\"");
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
