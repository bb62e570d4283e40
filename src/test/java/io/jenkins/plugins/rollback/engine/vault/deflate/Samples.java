package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Inputs of the kinds that make a deflater take different ways. */
public final class Samples {

    private Samples() {}

    /** Bytes of about a length; the seed decides of which kind. */
    public static byte[] of(long seed, int length) {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < length) {
            int part = 1 + random.nextInt(Math.max(1, length));
            switch (random.nextInt(7)) {
                case 0 -> noise(out, random, part, 256);
                case 1 -> noise(out, random, part, 1 + random.nextInt(20));
                case 2 -> out.writeBytes(new byte[part]);
                case 3 -> words(out, random, part);
                case 4 -> numbers(out, random, part);
                case 5 -> repeated(out, random, part);
                default -> noise(out, random, Math.min(part, 40_000), 64);
            }
        }
        return java.util.Arrays.copyOf(out.toByteArray(), length);
    }

    private static void noise(ByteArrayOutputStream out, Random random, int length, int letters) {
        for (int i = 0; i < length; i++) {
            out.write(random.nextInt(letters));
        }
    }

    private static void words(ByteArrayOutputStream out, Random random, int length) {
        String[] words = new String[50 + random.nextInt(2000)];
        for (int i = 0; i < words.length; i++) {
            words[i] = Integer.toString(random.nextInt(1 << 28), 26);
        }
        for (int end = out.size() + length; out.size() < end; ) {
            int at = (int) (Math.abs(random.nextGaussian()) * words.length / 4) % words.length;
            out.writeBytes((words[at] + " ").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void numbers(ByteArrayOutputStream out, Random random, int length) {
        int value = random.nextInt();
        for (int i = 0; i < length; i += 4) {
            value += random.nextInt(1000);
            for (int shift = 0; shift < 32; shift += 8) {
                out.write(value >> shift);
            }
        }
    }

    /** What was written before, with a byte changed here and there, from near and from farther than a window. */
    private static void repeated(ByteArrayOutputStream out, Random random, int length) {
        byte[] before = out.toByteArray();
        if (before.length == 0) {
            return;
        }
        int from = random.nextInt(before.length);
        for (int i = 0; i < length; i++) {
            int changed = random.nextInt(200) == 0 ? 1 : 0;
            out.write(before[(from + i) % before.length] + changed);
        }
    }
}
