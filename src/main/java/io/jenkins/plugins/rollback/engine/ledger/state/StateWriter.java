package io.jenkins.plugins.rollback.engine.ledger.state;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the state of a projection, in memory; {@link StateReader} reads it. The same state written in the same order
 * gives the same bytes. A text is spelled out where it occurs first and is a number from then on.
 *
 * <p>Not thread safe.
 */
public final class StateWriter {

    /** In {@link #text}: nothing, a text that is spelled out, and from here on the numbers of known texts. */
    static final int ABSENT = 0;

    static final int SPELLED = 1;
    static final int FIRST_KNOWN = 2;

    private static final int CHUNK = 1 << 16;

    private final List<byte[]> full = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();
    private byte[] chunk = new byte[CHUNK]; // many small arrays: one large one would be copied as it grows
    private int at;

    /** Any number; the nearer to 0, the fewer bytes. */
    public void number(long value) {
        unsigned(value << 1 ^ value >> 63); // the sign in the lowest bit
    }

    private void unsigned(long value) {
        room(Varint.LONGEST);
        at = Varint.write(value, chunk, at);
    }

    public void flag(boolean value) {
        unsigned(value ? 1 : 0);
    }

    /** A text or {@code null}. */
    public void text(String value) {
        if (value == null) {
            unsigned(ABSENT);
            return;
        }
        Integer number = known.putIfAbsent(value, known.size());
        if (number != null) {
            unsigned(FIRST_KNOWN + number);
        } else {
            unsigned(SPELLED);
            bytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A time, to the millisecond as entries have it, or {@code null}. */
    public void time(Instant value) {
        flag(value != null);
        if (value != null) {
            number(value.toEpochMilli());
        }
    }

    public void bytes(byte[] value) {
        unsigned(value.length);
        for (int from = 0; from < value.length; ) {
            room(1);
            int count = Math.min(value.length - from, CHUNK - at);
            System.arraycopy(value, from, chunk, at, count);
            at += count;
            from += count;
        }
    }

    /** Several things of one kind, in their order. */
    public <T> void each(Collection<T> items, Consumer<T> one) {
        unsigned(items.size());
        items.forEach(one);
    }

    private void room(int bytes) {
        if (at + bytes > CHUNK) {
            full.add(Arrays.copyOf(chunk, at));
            at = 0;
        }
    }

    /** Hash of everything that was written so far, in hexadecimal. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        full.forEach(digest::update);
        digest.update(chunk, 0, at);
        return Sha256.hex(digest);
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] part : full) {
            out.write(part);
        }
        out.write(chunk, 0, at);
    }
}
