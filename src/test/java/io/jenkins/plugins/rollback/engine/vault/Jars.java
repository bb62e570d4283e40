package io.jenkins.plugins.rollback.engine.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Successive versions of a jar, for tests: one entry in twenty differs from one to the next, and that in few bytes. */
public final class Jars {

    private Jars() {}

    /** The jar of a version. */
    public static byte[] of(int version, int entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries; i++) {
                ZipEntry entry = new ZipEntry("com/example/shop/Class" + i + ".class");
                entry.setTime(1_700_000_000_000L);
                zip.putNextEntry(entry);
                byte[] content = source(i);
                if (i % 20 == 0) {
                    content[content.length / 2] = (byte) ('a' + version);
                }
                zip.write(content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] source(int number) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder();
        while (text.length() < 6000) {
            text.append("    private static final long FIELD_")
                    .append(random.nextInt(1000))
                    .append(" = ")
                    .append(random.nextLong())
                    .append(";\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
