package io.jenkins.plugins.rollback.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Releases as builds make them again and again with small changes. The same on every machine but for the libraries. */
final class MadeReleases {

    private static final int VERSIONS = 4;
    private static final int CLASSES = 400;
    private static final int SCRIPTS = 4000;
    private static final int BLOCK = 512;

    /** One in so many files differs from one version to the next. */
    private static final int CHANGED = 40;

    private MadeReleases() {}

    /** Spring Boot's layout: libraries stored as they are, the application's own classes deflated. */
    static List<Path> fatJars(Path folder, List<Path> libraries) throws IOException {
        Files.createDirectories(folder);
        List<Path> jars = new ArrayList<>();
        for (int version = 0; version < VERSIONS; version++) {
            Path jar = folder.resolve("app-" + version + ".jar");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                for (int i = 0; i < CLASSES; i++) {
                    add(zip, "BOOT-INF/classes/com/example/Class" + i + ".class", text(i, version, 4000), false);
                }
                for (Path library : libraries) {
                    add(zip, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library), true);
                }
            }
            jars.add(jar);
        }
        return jars;
    }

    /** Jars below a folder and on the class path. */
    static List<Path> libraries(Path folder) throws IOException {
        try (Stream<Path> all = Stream.concat(
                Files.list(folder).sorted().limit(1),
                Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of))) {
            return all.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(1_700_000_000_000L);
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** A tar.gz of thousands of small files, as of a node_modules folder. */
    static List<Path> tarballs(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> tarballs = new ArrayList<>();
        for (int version = 0; version < VERSIONS; version++) {
            Path file = folder.resolve("modules-" + version + ".tar.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
                for (int i = 0; i < SCRIPTS; i++) {
                    member(out, "node_modules/package-" + i / 20 + "/lib/file-" + i + ".js", text(i, version, 5000));
                }
                out.write(new byte[2 * BLOCK]);
            }
            tarballs.add(file);
        }
        return tarballs;
    }

    private static void member(OutputStream out, String name, byte[] bytes) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, 124, String.format("%011o\0", bytes.length) + "14500000000\0" + "        0");
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        out.write(header);
        out.write(bytes);
        out.write(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** Something like a program, of up to twice the length, mostly the same in all versions. */
    private static byte[] text(int number, int version, int length) {
        Random random = new Random(number);
        int end = length / 4 + random.nextInt(2 * length);
        StringBuilder text = new StringBuilder("'use strict';\n");
        while (text.length() < end) {
            text.append("function ")
                    .append(Integer.toString(random.nextInt(1 << 20), 26))
                    .append("(value, index) {\n  return value.")
                    .append(Integer.toString(random.nextInt(1 << 10), 26))
                    .append(" === ")
                    .append(random.nextInt(1 << 16))
                    .append(" ? index : undefined;\n}\n");
        }
        if (number % CHANGED == version) {
            text.append("// version ").append(version).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A plain file that compresses to about a third. */
    static Path plain(Path file, long size) throws IOException {
        Random random = new Random(2);
        try (OutputStream out = Files.newOutputStream(file)) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (long at = 0; at < size; at += block.size()) {
                block.reset();
                byte[] noise = new byte[200_000];
                random.nextBytes(noise);
                for (int i = 0; i < noise.length; i += 8) {
                    block.write(noise, i, 8);
                    block.writeBytes("2026-11-23T00:00".getBytes(StandardCharsets.US_ASCII));
                }
                block.writeTo(out);
            }
        }
        return file;
    }
}
