package io.jenkins.plugins.rollback.actions.audit;

import hudson.model.Run;
import io.jenkins.plugins.rollback.actions.BuildName;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.export.ExportedHash;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hashes of the logs of the builds that entries name, as the logs are now. */
final class BuildLogs {

    private static final Logger LOGGER = Logger.getLogger(BuildLogs.class.getName());

    /** More builds than anybody asks for at once; the logs of the others can still be hashed by hand. */
    private static final int MOST = 1_000;

    private final Ledger ledger;

    BuildLogs(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param entries indexes; those that name no build, or one that is gone or still running, add nothing */
    List<ExportedHash> hashes(List<Long> entries) throws IOException {
        Set<String> builds = new LinkedHashSet<>();
        for (long entry : entries) {
            String build = ledger.entry(entry).text("build");
            if (build != null && builds.size() < MOST) {
                builds.add(build);
            }
        }
        List<ExportedHash> hashes = new ArrayList<>();
        for (String build : builds) {
            Run<?, ?> run = BuildName.parse(build).map(BuildName::build).orElse(null);
            if (run != null && !run.isLogUpdated()) {
                add(hashes, build, run);
            }
        }
        return hashes;
    }

    private static void add(List<ExportedHash> hashes, String build, Run<?, ?> run) {
        try (DigestInputStream log = new DigestInputStream(run.getLogInputStream(), Sha256.digest())) {
            log.transferTo(java.io.OutputStream.nullOutputStream());
            hashes.add(new ExportedHash("build log", build, Sha256.hex(log.getMessageDigest()), -1));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + build + " cannot be read");
        }
    }
}
