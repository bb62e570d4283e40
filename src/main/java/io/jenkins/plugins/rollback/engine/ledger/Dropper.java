package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes the bytes of entries out of a ledger's files when an entry says so. What one such entry names belongs together
 * (a deployment and the rollback that took it back), and a ledger that was opened with half of it would tell a history
 * that never was. The file {@code kept/pending} therefore announces the drop before it is recorded, and whoever opens the
 * ledger after a crash finishes it first.
 */
final class Dropper {

    static final String PENDING = "pending";

    private final Disk disk;
    private final Path ledger;
    private final BundleReader bundles;
    private final FilePeople people;

    Dropper(Disk disk, Path ledger, BundleReader bundles, FilePeople people) {
        this.disk = disk;
        this.ledger = ledger;
        this.bundles = bundles;
        this.people = people;
    }

    private Path pending() {
        return ledger.resolve(KeptBundle.FOLDER).resolve(PENDING);
    }

    /** Announces that the next entry of its kind, at {@code size} or later, is to be carried out. */
    void announce(long size) throws IOException {
        disk.createDirectories(pending().getParent());
        disk.replace(pending(), (size + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Where to look for a drop that was announced and may not have been finished. */
    OptionalLong announced() throws IOException {
        if (!disk.exists(pending())) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(disk.read(pending()), StandardCharsets.UTF_8).strip()));
        } catch (NumberFormatException e) {
            throw new DamagedLedgerException("kept/pending cannot be read: " + e.getMessage());
        }
    }

    /** Nothing is announced any more. */
    void done() throws IOException {
        Files.deleteIfExists(pending());
        disk.syncDirectory(pending().getParent());
    }

    /**
     * Takes the bytes out, and before them the texts of reasons, which are found by the bytes alone. What is gone already
     * stays gone: doing it again does no harm.
     *
     * @param entries in full bundles
     */
    void drop(BitSet entries) throws IOException {
        people.erase(null, reasons(entries));
        for (int next = entries.nextSetBit(0); next >= 0; ) {
            TilePath bundle = new TilePath(TilePath.ENTRIES, next / TilePath.FULL, TilePath.FULL);
            int end = (int) bundle.first() + TilePath.FULL;
            List<byte[]> left = new ArrayList<>(bundles.read(bundle.number()));
            for (; next >= 0 && next < end; next = entries.nextSetBit(next + 1)) {
                left.set(next - (int) bundle.first(), new byte[0]);
            }
            KeptBundle.replace(disk, ledger, bundle, left);
            bundles.forget(bundle.number());
        }
    }

    private List<String> reasons(BitSet entries) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (int index = entries.nextSetBit(0); index >= 0; index = entries.nextSetBit(index + 1)) {
            byte[] bytes = bundles.entry(index);
            String reason =
                    bytes.length == 0 ? null : EntryReader.decode(index, bytes).reason();
            if (reason != null) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
