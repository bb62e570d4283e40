package io.jenkins.plugins.rollback.bench;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.LocalRetainer;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Retains files as successive releases in a vault and restores them, in a process of its own: so its memory can be
 * measured, and starting and warming up count, as they do for other programs.
 */
final class VaultRun {

    /** MiB; the process needs some 100 beside it. */
    private static final int HEAP = 128;

    private static final Pattern RESULT = Pattern.compile("result (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)");

    /**
     * What it took, in seconds.
     *
     * @param first retaining the first release
     * @param later retaining all others
     * @param again retaining all once more under other names
     * @param restored restoring all
     * @param peak resident memory of the process at the most, in bytes
     */
    record Result(double first, double later, double again, double restored, long peak) {}

    private VaultRun() {}

    /** Runs it in another process. */
    static Result start(Path vault, Path restored, List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP + "m",
                "-cp",
                System.getProperty("java.class.path"),
                VaultRun.class.getName(),
                vault.toString(),
                restored.toString()));
        files.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(out);
        }
        Matcher result = RESULT.matcher(out);
        if (!result.find()) {
            throw new IOException(out);
        }
        return new Result(
                Double.parseDouble(result.group(1)),
                Double.parseDouble(result.group(2)),
                Double.parseDouble(result.group(3)),
                Double.parseDouble(result.group(4)),
                Long.parseLong(result.group(5)));
    }

    /** Arguments: folder of the vault, folder to restore into, files from the oldest to the newest release. */
    public static void main(String[] args) throws IOException {
        List<Path> files =
                Arrays.stream(args).skip(2).map(File::new).map(File::toPath).toList();
        FileVault vault = FileVault.open(Path.of(args[0]));
        double first = retain(vault, "v", files.subList(0, 1), 0);
        double later = retain(vault, "v", files.subList(1, files.size()), 1);
        double again = retain(vault, "again", files, 0);
        long start = System.nanoTime();
        for (int i = 0; i < files.size(); i++) {
            Path to = Path.of(args[1]).resolve("" + i);
            ReleaseRestorer.restore(
                    vault.manifest(new ReleaseId("bench", "v" + i)).orElseThrow(), vault::open, to);
        }
        double restored = seconds(start);
        for (int i = 0; i < files.size(); i++) {
            Path back = Path.of(args[1]).resolve("" + i).resolve(files.get(i).getFileName());
            if (Files.mismatch(back, files.get(i)) >= 0) {
                throw new IOException(files.get(i) + " did not come back");
            }
        }
        System.out.printf(Locale.ROOT, "result %f %f %f %f %d%n", first, later, again, restored, peak());
    }

    private static double retain(FileVault vault, String prefix, List<Path> files, int number) throws IOException {
        LocalRetainer retainer = new LocalRetainer(vault);
        long start = System.nanoTime();
        for (int i = 0; i < files.size(); i++) {
            retainer.retain(new ReleaseId("bench", prefix + (number + i)), List.of(files.get(i)));
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
    }

    /** Linux alone says it. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        }
        return 0;
    }
}
