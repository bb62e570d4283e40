package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Compares a folder with a manifest, byte for byte. */
public final class RestoredFolder {

    private RestoredFolder() {}

    /**
     * What distinguishes the folder from the release: the first difference, for a person; empty when there is none.
     * Empty folders in it do not count, as no release has any.
     */
    public static Optional<String> difference(Manifest manifest, Path folder, Progress progress) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("it is not a folder");
        }
        Map<String, FileEntry> expected = new HashMap<>();
        manifest.files().forEach(file -> expected.put(file.path(), file));
        List<FileTree.Found> found = FileTree.list(folder, path -> true);
        long[] done = {0};
        for (FileTree.Found one : found) {
            FileEntry file = expected.remove(one.path());
            if (file == null) {
                return Optional.of("'" + one.path() + "' does not belong to it");
            }
            Optional<String> difference = file.isLink()
                    ? differenceOfLink(file, one)
                    : differenceOfFile(file, one, n -> progress.at(one.path(), done[0] += n, manifest.bytes()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return expected.keySet().stream().sorted().findFirst().map(path -> "'" + path + "' is missing");
    }

    private static Optional<String> differenceOfLink(FileEntry file, FileTree.Found found) throws IOException {
        if (!found.attributes().isSymbolicLink()) {
            return Optional.of("'" + file.path() + "' is not a link");
        }
        String target = Files.readSymbolicLink(found.file()).toString().replace('\\', '/');
        return target.equals(file.link())
                ? Optional.empty()
                : Optional.of("'" + file.path() + "' is a link to something else");
    }

    private static Optional<String> differenceOfFile(FileEntry file, FileTree.Found found, LongConsumer read)
            throws IOException {
        if (!found.attributes().isRegularFile()) {
            return Optional.of("'" + file.path() + "' is not a file");
        }
        if (found.attributes().size() != file.size()) {
            return Optional.of(
                    "'" + file.path() + "' has " + found.attributes().size() + " bytes, expected " + file.size());
        }
        FileEntry there = FileReader.read(found, read);
        if (!there.sha256().equals(file.sha256())) {
            return Optional.of(
                    new HashMismatchException("'" + file.path() + "'", file.sha256(), there.sha256()).getMessage());
        }
        if (FileReader.hasModes(found.file()) && there.mode() != file.mode()) {
            return Optional.of(
                    String.format("'%s' has mode %04o, expected %04o", file.path(), there.mode(), file.mode()));
        }
        return Optional.empty();
    }

    static void requireExactly(Manifest manifest, Path folder, Progress progress) throws IOException {
        Optional<String> difference = difference(manifest, folder, progress);
        if (difference.isPresent()) {
            throw new IOException(folder + " is there and is not release " + manifest.id() + ": " + difference.get());
        }
    }
}
