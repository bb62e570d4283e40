package io.jenkins.plugins.rollback.engine.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The content of {@code tile/entries/...}: entries, each after its length in two bytes, big-endian. */
final class EntryBundle {

    private EntryBundle() {}

    static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** The whole entries in it; less than {@link #encode} was given when the end is cut off. */
    static List<byte[]> decode(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>(TilePath.FULL);
        int at = 0;
        while (at + 2 <= bundle.length) {
            int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            if (at + 2 + length > bundle.length) {
                break;
            }
            entries.add(java.util.Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return entries;
    }
}
