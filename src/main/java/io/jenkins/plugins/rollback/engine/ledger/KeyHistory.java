package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that have signed a ledger, the oldest first, as {@code vkeys} lists them. The file is there for those who
 * hold an old checkpoint and want to know its key without reading every entry; whoever does read them (as verifying
 * does) compares it with what the entries say. A ledger that has had one key only has no such file.
 *
 * @param periods never empty
 */
record KeyHistory(List<Period> periods) {

    static final String FILE = "vkeys";

    /**
     * @param from index of the entry that handed over to the key, 0 for the first key
     * @param key signs the checkpoints that cover that entry, up to the next period's
     */
    record Period(long from, VerifierKey key) {}

    static KeyHistory of(VerifierKey only) {
        return new KeyHistory(List.of(new Period(0, only)));
    }

    VerifierKey newest() {
        return periods.get(periods.size() - 1).key();
    }

    /** With one more key, unless it is the newest already. */
    KeyHistory and(long from, VerifierKey next) {
        if (newest().equals(next)) {
            return this;
        }
        List<Period> longer = new ArrayList<>(periods);
        longer.add(new Period(from, next));
        return new KeyHistory(List.copyOf(longer));
    }

    /** How many entries the epoch of that name had when it ended; empty when it goes on or never was. */
    Optional<Long> end(String origin) {
        for (int i = 1; i < periods.size(); i++) {
            boolean ends = periods.get(i - 1).key().name().equals(origin)
                    && !periods.get(i).key().name().equals(origin);
            if (ends) {
                return Optional.of(periods.get(i).from());
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a checkpoint that any of the keys signed.
     *
     * @throws IllegalArgumentException when none did
     */
    Checkpoint verify(String note) {
        IllegalArgumentException problem = null;
        for (int i = periods.size() - 1; i >= 0; i--) {
            try {
                return SignedCheckpoint.verify(note, periods.get(i).key());
            } catch (IllegalArgumentException e) {
                problem = problem == null ? e : problem; // what the newest key says of it
            }
        }
        throw problem;
    }

    /** @throws DamagedLedgerException when the file is no list of keys that ends with the present one */
    static KeyHistory read(Disk disk, Path ledger, VerifierKey present) throws IOException {
        Path file = ledger.resolve(FILE);
        if (!disk.exists(file)) {
            return of(present);
        }
        List<Period> periods = new ArrayList<>();
        String text = new String(disk.read(file), StandardCharsets.UTF_8);
        try {
            for (String line : text.split("\n")) {
                String[] parts = line.split(" ", 2);
                periods.add(new Period(Long.parseLong(parts[0]), VerifierKey.parse(parts[1])));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new DamagedLedgerException(FILE + " cannot be read: " + e.getMessage());
        }
        KeyHistory history = new KeyHistory(List.copyOf(periods));
        if (!history.toString().equals(text)) {
            throw new DamagedLedgerException(FILE + " is not as it was written");
        }
        return history;
    }

    void write(Disk disk, Path ledger) throws IOException {
        disk.replace(ledger.resolve(FILE), toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The file's content. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        periods.forEach(period ->
                text.append(period.from()).append(' ').append(period.key()).append('\n'));
        return text.toString();
    }
}
