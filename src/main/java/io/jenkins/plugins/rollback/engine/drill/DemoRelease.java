package io.jenkins.plugins.rollback.engine.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the artifacts of a version of {@link DemoService}: what a build would leave in its workspace.
 *
 * @param version for example {@code 1.0.0}
 * @param errorShare share of requests that are answered with an error
 * @param slowShare share of requests that are answered late
 */
record DemoRelease(String version, double errorShare, double slowShare) {

    /** The jar of every version is the same, down to the byte: one moment for all. */
    private static final LocalDateTime JAR_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** A healthy service answers an error now and then; without any, there would be nothing to compare. */
    static final double NORMAL_ERRORS = 0.02;

    static DemoRelease healthy(String version) {
        return new DemoRelease(version, NORMAL_ERRORS, 0);
    }

    /** Writes the files into a new folder. */
    void build(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve("demo.jar"))) {
            writeJar(out);
        }
        String behaviour = String.format(
                Locale.ROOT,
                "version=%s%nmillis=15%njitterMillis=5%nerrorShare=%.3f%nslowShare=%.3f%nslowMillis=1000%n",
                version,
                errorShare,
                slowShare);
        Files.write(
                folder.resolve("service.properties"),
                behaviour.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void writeJar(OutputStream out) throws IOException {
        Class<?> main = DemoService.class;
        String name = main.getName().replace('.', '/') + ".class";
        try (ZipOutputStream jar = new ZipOutputStream(out);
                InputStream code = main.getResourceAsStream(main.getSimpleName() + ".class")) {
            put(jar, "META-INF/MANIFEST.MF");
            jar.write(("Manifest-Version: 1.0\r\nMain-Class: " + main.getName() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            put(jar, name);
            code.transferTo(jar);
        }
    }

    private static void put(ZipOutputStream jar, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(JAR_TIME);
        jar.putNextEntry(entry);
    }
}
