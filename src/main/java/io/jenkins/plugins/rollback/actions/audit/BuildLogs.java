package io.jenkins.plugins.rollback.actions.audit;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.export.ExportedHash;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

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
            Run<?, ?> run = find(build);
            if (run != null && !run.isLogUpdated()) {
                add(hashes, build, run);
            }
        }
        return hashes;
    }

    private static void add(List<ExportedHash> hashes, String build, Run<?, ?> run) {
        try (DigestInputStream log = new DigestInputStream(run.getLogInputStream(), sha256())) {
            log.transferTo(java.io.OutputStream.nullOutputStream());
            hashes.add(new ExportedHash(
                    "build log",
                    build,
                    HexFormat.of().formatHex(log.getMessageDigest().digest()),
                    -1));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + build + " cannot be read");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static Run<?, ?> find(String build) {
        int hash = build.lastIndexOf('#');
        if (hash < 0 || !build.substring(hash + 1).matches("\\d{1,9}")) {
            return null;
        }
        try {
            Job<?, ?> job = Jenkins.get().getItemByFullName(build.substring(0, hash), Job.class);
            return job == null ? null : job.getBuildByNumber(Integer.parseInt(build.substring(hash + 1)));
        } catch (AccessDeniedException e) {
            return null; // may be discovered, not read
        }
    }
}
