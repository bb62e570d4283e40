package io.jenkins.plugins.rollback.engine.ledger.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link StateWriter} wrote, in the same order. What it reads was signed by this ledger, so it guards against
 * mistakes, not against attackers: anything that does not fit is a {@code RuntimeException}, and the state is then made
 * anew.
 *
 * <p>Not thread safe.
 */
public final class StateReader {

    private final ByteBuffer in;
    private final List<String> known = new ArrayList<>();

    StateReader(ByteBuffer in) {
        this.in = in;
    }

    public long number() {
        long value = Varint.read(in);
        return value >>> 1 ^ -(value & 1);
    }

    /** A number that fits. */
    public int integer() {
        return Math.toIntExact(number());
    }

    public boolean flag() {
        return Varint.read(in) != 0;
    }

    /** A text or {@code null}; texts that are equal are one object. */
    public String text() {
        int kind = Math.toIntExact(Varint.read(in));
        if (kind == StateWriter.ABSENT) {
            return null;
        }
        if (kind >= StateWriter.FIRST_KNOWN) {
            return known.get(kind - StateWriter.FIRST_KNOWN);
        }
        String text = new String(bytes(), StandardCharsets.UTF_8);
        known.add(text);
        return text;
    }

    /** A time or {@code null}. */
    public Instant time() {
        return flag() ? Instant.ofEpochMilli(number()) : null;
    }

    public byte[] bytes() {
        byte[] bytes = new byte[count()];
        in.get(bytes);
        return bytes;
    }

    /** Calls back as often as there are things, see {@link StateWriter#each}. */
    public void each(Runnable one) {
        for (int left = count(); left > 0; left--) {
            one.run();
        }
    }

    /** How many bytes or things follow: never more than there is left to read. */
    private int count() {
        long count = Varint.read(in);
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) count;
    }
}
