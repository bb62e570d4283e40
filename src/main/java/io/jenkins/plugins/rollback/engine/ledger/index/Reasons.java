package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.Arrays;
import java.util.HexFormat;

/** Which entries have a reason, and the commitments to them: 36 bytes each. Not thread safe. */
final class Reasons {

    static final int BYTES = 32;

    private final Ints entries = new Ints();
    private byte[] commitments = new byte[BYTES * 64];

    void add(int entry, String commitment) {
        add(entry, HexFormat.of().parseHex(commitment));
    }

    void add(int entry, byte[] commitment) {
        int at = entries.size() * BYTES;
        if (at == commitments.length) {
            commitments = Arrays.copyOf(commitments, at + at / 2 / BYTES * BYTES);
        }
        System.arraycopy(commitment, 0, commitments, at, BYTES);
        entries.add(entry);
    }

    int size() {
        return entries.size();
    }

    /** The entry of the reason {@code number}, counted from 0. */
    int entry(int number) {
        return entries.get(number);
    }

    String commitment(int number) {
        return HexFormat.of().formatHex(commitments, number * BYTES, (number + 1) * BYTES);
    }

    void save(StateWriter out) {
        out.number(size());
        for (int i = 0; i < size(); i++) {
            out.number(entry(i));
        }
        out.bytes(Arrays.copyOf(commitments, size() * BYTES));
    }

    static Reasons load(StateReader in) {
        int[] entries = new int[in.integer()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = in.integer();
        }
        byte[] commitments = in.bytes();
        Reasons reasons = new Reasons();
        for (int i = 0; i < entries.length; i++) {
            reasons.add(entries[i], Arrays.copyOfRange(commitments, i * BYTES, (i + 1) * BYTES));
        }
        return reasons;
    }

    /** The commitment of an entry's reason, or {@code null} when it has none. */
    String of(int entry) {
        int at = entries.find(entry);
        return at < 0 ? null : commitment(at);
    }
}
