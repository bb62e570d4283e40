package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is left of an entry bundle from which entries were dropped: {@code kept/<number>}, of the same form as a bundle,
 * with a length of zero where an entry is gone (no entry is empty). It takes the place of the bundle, which is removed:
 * somebody else's reader finds the bundle absent, as in a log that is pruned, and never finds one that does not match
 * its hashes. The hash tiles stay as they are, so every other entry is proven as before.
 */
final class KeptBundle {

    static final String FOLDER = "kept";

    private KeptBundle() {}

    /** @param bundle a full one */
    static Path file(Path ledger, TilePath bundle) {
        String name = bundle.toString();
        return ledger.resolve(FOLDER).resolve(name.substring(name.indexOf('/') + 1));
    }

    /** Its content, or empty when nothing was dropped from the bundle. */
    static Optional<byte[]> read(Disk disk, Path ledger, TilePath bundle) throws IOException {
        if (bundle.width() < TilePath.FULL) {
            return Optional.empty(); // nothing is dropped from a bundle that still grows
        }
        Path file = file(ledger, bundle);
        return disk.exists(file) ? Optional.of(disk.read(file)) : Optional.empty();
    }

    /**
     * Puts what is left in the place of a bundle. A crash leaves the bundle, or both, or what is left alone; each of them
     * is a ledger that verifies.
     *
     * @param entries all of the bundle's; an empty one is dropped
     */
    static void replace(Disk disk, Path ledger, TilePath bundle, List<byte[]> entries) throws IOException {
        Path file = file(ledger, bundle);
        disk.createDirectories(file.getParent());
        disk.replace(file, EntryBundle.encode(entries));
        Path whole = bundle.in(ledger);
        java.nio.file.Files.deleteIfExists(whole);
        disk.syncDirectory(whole.getParent());
    }
}
