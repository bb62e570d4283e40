package io.jenkins.plugins.rollback.engine.ledger.export;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash of something that is too large for the ledger and for an export: whoever has the thing can compare it.
 *
 * @param what {@code release manifest}, {@code analysis file}, {@code approval subject} or {@code build log}
 * @param name of it, for example a release or a build
 * @param sha256 hexadecimal
 * @param entry index of the entry that says so, or -1 when it was computed for the export
 */
public record ExportedHash(String what, String name, String sha256, long entry) {

    /** What an entry says about hashes. */
    static List<ExportedHash> of(Entry entry) {
        List<ExportedHash> hashes = new ArrayList<>();
        String release = entry.service() + " " + entry.version();
        add(hashes, entry, "release manifest", release, entry.text("manifest"));
        add(hashes, entry, "analysis file", entry.text("gate"), entry.text("analysis"));
        add(hashes, entry, "approval subject", entry.text("approval"), entry.text("subject"));
        return hashes;
    }

    private static void add(List<ExportedHash> hashes, Entry entry, String what, String name, String hash) {
        if (hash != null && hash.matches("(sha256:)?[0-9a-f]{64}")) {
            hashes.add(new ExportedHash(what, name, hash.substring(hash.length() - 64), entry.index()));
        }
    }
}
