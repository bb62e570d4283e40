package io.jenkins.plugins.rollback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How many bytes successive releases take in the vault and how fast they come and go, beside what others make of the
 * same files in the same run: whole copies, zstd, and restic and borg where they are installed.
 */
public final class VaultBench {

    private static final double MB = 1e6;
    private static final int NOISE = 64 << 20;
    private static final long PLAIN = 256L << 20;

    private final Path work;
    private final List<String> table = new ArrayList<>();

    /** What only the vault is asked for. */
    private final List<String> own = new ArrayList<>();

    private VaultBench(Path work) {
        this.work = work;
    }

    /** Arguments: a folder on a disk to work in, file for the table, then folders of releases, oldest first by name. */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        Scratch.delete(work);
        Files.createDirectories(work);
        VaultBench bench = new VaultBench(work);
        bench.table.add("| releases | kept by | stored bytes | ratio | store MB/s | restore MB/s |");
        bench.table.add("|---|---|---|---|---|---|");
        bench.own.add(
                "| the vault | first store MB/s | later stores MB/s | restore MB/s | the same again, s/GB | memory, MB |");
        bench.own.add("|---|---|---|---|---|---|");
        try {
            for (int i = 2; i < args.length; i++) {
                Path folder = Path.of(args[i]);
                bench.measure(folder.getFileName().toString(), files(folder));
            }
            List<Path> libraries = MadeReleases.libraries(Path.of(args[2]));
            bench.measure("fat jar", MadeReleases.fatJars(work.resolve("fat"), libraries));
            bench.measure("tar.gz of 4,000 files", MadeReleases.tarballs(work.resolve("tar")));
            bench.measure("a plain file", List.of(MadeReleases.plain(work.resolve("plain"), PLAIN)));
            bench.measure("random data", List.of(bench.noise()));
        } finally {
            Scratch.delete(work);
        }
        String table = String.join("\n", bench.table) + "\n\n" + String.join("\n", bench.own) + "\n";
        System.out.print(table);
        Files.writeString(Path.of(args[1]), table);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            // 6.1.9 before 6.1.10
            return all.sorted((a, b) -> versioned(a).compareTo(versioned(b))).toList();
        }
    }

    private static String versioned(Path file) {
        StringBuilder text = new StringBuilder();
        for (String part : file.getFileName().toString().split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            text.append(part.matches("\\d+") ? String.format("%06d", Integer.parseInt(part)) : part);
        }
        return text.toString();
    }

    private Path noise() throws IOException {
        byte[] bytes = new byte[NOISE];
        new Random(1).nextBytes(bytes);
        return Files.write(work.resolve("noise"), bytes);
    }

    private void measure(String name, List<Path> files) throws Exception {
        ours(name, files);
        copies(name, files);
        if (isThere("zstd")) {
            Path to = Files.createDirectory(work.resolve("zstd"));
            long start = System.nanoTime();
            for (Path file : files) {
                run(
                        "zstd",
                        "-q",
                        "-3",
                        file.toString(),
                        "-o",
                        to.resolve(file.getFileName() + ".zst").toString());
            }
            double stored = seconds(start);
            start = System.nanoTime();
            for (Path file : files) {
                run("zstd", "-q", "-d", to.resolve(file.getFileName() + ".zst").toString(), "-o", restored());
            }
            row(name, "zstd -3", files, to, stored, seconds(start));
        }
        if (isThere("restic")) {
            String repository = work.resolve("restic").toString();
            run("restic", "-q", "-r", repository, "init");
            long start = System.nanoTime();
            for (Path file : files) {
                run(
                        "restic",
                        "-q",
                        "-r",
                        repository,
                        "backup",
                        "--tag",
                        file.getFileName().toString(),
                        file.toString());
            }
            double stored = seconds(start);
            start = System.nanoTime();
            for (Path file : files) {
                String tag = file.getFileName().toString();
                run("restic", "-q", "-r", repository, "restore", "latest", "--tag", tag, "--target", restored());
            }
            row(name, "restic", files, Path.of(repository), stored, seconds(start));
        }
        if (isThere("borg")) {
            String repository = work.resolve("borg").toString();
            run("borg", "init", "-e", "none", repository);
            long start = System.nanoTime();
            for (Path file : files) {
                run("borg", "create", "-C", "zstd,3", repository + "::" + file.getFileName(), file.toString());
            }
            double stored = seconds(start);
            start = System.nanoTime();
            for (Path file : files) {
                Path to = Files.createDirectories(Path.of(restored()));
                Scratch.run(to, "borg", "extract", repository + "::" + file.getFileName());
            }
            row(name, "borg, zstd,3", files, Path.of(repository), stored, seconds(start));
        }
    }

    private void ours(String name, List<Path> files) throws IOException, InterruptedException {
        Path dir = work.resolve("vault");
        VaultRun.Result result = VaultRun.start(dir, Files.createDirectories(work.resolve("restored")), files);
        double all = bytes(files) / MB;
        double first = Files.size(files.get(0)) / MB;
        own.add(String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f | %.2f | %.0f |",
                name,
                first / result.first(),
                files.size() == 1 ? "" : String.format(Locale.ROOT, "%.0f", (all - first) / result.later()),
                all / result.restored(),
                result.again() / (all / 1000),
                result.peak() / MB));
        row(name, "the vault", files, dir, result.first() + result.later(), result.restored());
    }

    private void copies(String name, List<Path> files) throws IOException {
        Path to = Files.createDirectory(work.resolve("copies"));
        long start = System.nanoTime();
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        double stored = seconds(start);
        start = System.nanoTime();
        for (Path file : files) {
            Files.copy(to.resolve(file.getFileName()), Path.of(restored()));
        }
        row(name, "whole copies", files, to, stored, seconds(start));
    }

    private void row(String name, String by, List<Path> files, Path store, double stored, double restored)
            throws IOException {
        long input = bytes(files);
        long size = Scratch.size(store);
        table.add(String.format(
                Locale.ROOT,
                "| %s, %d of %.1f MB | %s | %,d | %.2fx | %.0f | %.0f |",
                name,
                files.size(),
                input / MB,
                by,
                size,
                (double) input / size,
                input / MB / stored,
                input / MB / restored));
        Scratch.delete(store);
        Scratch.delete(work.resolve("restored"));
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private int restores;

    /** A name that was not used yet. */
    private String restored() throws IOException {
        Files.createDirectories(work.resolve("restored"));
        return work.resolve("restored/" + restores++).toString();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Scratch.run(work, command);
    }
}
