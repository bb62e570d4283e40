package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the files of a release below a folder and hashes them. Runs where the files are.
 *
 * <p>Links are kept as links and never followed; what a link leads to must belong to the release as well. Empty
 * folders are not kept.
 */
public final class ReleaseScanner {

    private ReleaseScanner() {}

    /**
     * Lists and hashes the files that match.
     *
     * @param root a folder, for example the workspace
     * @param patterns Ant patterns relative to it, separated by commas: {@code target/*.jar, deploy/**}
     * @return files and links in the order of their paths
     * @throws IOException naming the pattern that matches nothing, the file that cannot be read or changed while it was
     *     read, the pattern or link that leaves the folder, the device file
     */
    public static List<FileEntry> scan(Path root, String patterns) throws IOException {
        return scan(root, patterns, Progress.NONE);
    }

    /** {@link #scan(Path, String)} that tells how far it is. */
    public static List<FileEntry> scan(Path root, String patterns, Progress progress) throws IOException {
        List<AntPattern> wanted;
        try {
            wanted = AntPattern.parseList(patterns);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Path folder = folder(root);
        List<FileTree.Found> all =
                FileTree.list(folder, path -> wanted.stream().anyMatch(pattern -> pattern.mayMatchBelow(path)));
        for (AntPattern pattern : wanted) {
            if (all.stream().noneMatch(found -> pattern.matches(found.path()))) {
                throw new IOException(matchesNothing(pattern, folder, root));
            }
        }
        return read(
                folder,
                all.stream()
                        .filter(found -> wanted.stream().anyMatch(pattern -> pattern.matches(found.path())))
                        .toList(),
                progress);
    }

    /**
     * Hashes one file, or a folder with everything below it.
     *
     * @return entries with paths relative to the parent, so that they begin with the name of {@code fileOrFolder}
     */
    public static List<FileEntry> scanAll(Path fileOrFolder, Progress progress) throws IOException {
        Path given = fileOrFolder.toAbsolutePath().normalize();
        Path parent = given.getParent();
        if (parent == null || !Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("'" + fileOrFolder + "' does not exist");
        }
        String name = given.getFileName().toString();
        List<FileTree.Found> found = new ArrayList<>();
        for (FileTree.Found one :
                FileTree.list(folder(parent), path -> path.equals(name) || path.startsWith(name + "/"))) {
            if (one.path().equals(name) || one.path().startsWith(name + "/")) {
                found.add(one);
            }
        }
        if (found.isEmpty()) {
            throw new IOException("'" + fileOrFolder + "' is an empty folder");
        }
        return read(folder(parent), found, progress);
    }

    /**
     * Checks and hashes the snapshot of a release.
     *
     * @param path relative to {@code root}; one file, no pattern
     * @throws IOException naming the file, and line and column where it is not YAML
     */
    public static FileEntry scanSnapshot(Path root, String path) throws IOException {
        String slashes = path.replace('\\', '/');
        try {
            ManifestRules.checkPath(slashes);
        } catch (IllegalArgumentException e) {
            throw new IOException("snapshot " + e.getMessage(), e);
        }
        Path folder = folder(root);
        Path file = folder.resolve(slashes);
        byte[] bytes;
        try {
            if (!file.toRealPath().equals(file)) {
                throw new IOException("snapshot '" + Printable.of(path) + "' is a link, or lies below one");
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = SnapshotFile.read(path, in);
            }
        } catch (FileSystemException e) {
            throw new IOException("cannot read snapshot '" + Printable.of(path) + "': " + Reason.of(e), e);
        }
        return new FileEntry(slashes, bytes.length, FileReader.mode(file), Sha256.of(bytes), null);
    }

    private static Path folder(Path root) throws IOException {
        try {
            Path real = root.toRealPath();
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (NoSuchFileException e) {
            throw new IOException("the folder '" + root + "' does not exist", e);
        }
        throw new IOException("'" + root + "' is not a folder");
    }

    private static String matchesNothing(AntPattern pattern, Path folder, Path root) {
        String message = "pattern '" + Printable.of(pattern.toString()) + "' matches no file in " + root;
        if (pattern.isLiteral() && Files.isDirectory(folder.resolve(pattern.literalPrefix()))) {
            message += "; it is a folder: '" + pattern + "/**' is everything in it";
        }
        Path step = folder;
        for (String name : pattern.literalPrefix().split("/")) {
            step = step.resolve(name);
            if (Files.isSymbolicLink(step)) {
                return message + "; '" + folder.relativize(step) + "' is a link, and links are not followed";
            }
        }
        return message;
    }

    private static List<FileEntry> read(Path folder, List<FileTree.Found> found, Progress progress) throws IOException {
        long total = 0;
        for (FileTree.Found one : found) {
            total += one.attributes().isRegularFile() ? one.attributes().size() : 0;
        }
        long[] done = {0};
        long all = total;
        List<FileEntry> files = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>();
        found.forEach(one -> paths.add(one.path()));
        for (FileTree.Found one : found) {
            if (one.attributes().isSymbolicLink()) {
                files.add(link(folder, one, paths));
            } else {
                files.add(FileReader.read(one, n -> progress.at(one.path(), done[0] += n, all)));
            }
        }
        files.sort(Comparator.comparing(FileEntry::path));
        try {
            ManifestRules.check(files, null);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return files;
    }

    private static FileEntry link(Path folder, FileTree.Found found, TreeSet<String> paths) throws IOException {
        String shown = "'" + Printable.of(found.path()) + "'";
        String target = Files.readSymbolicLink(found.file()).toString().replace('\\', '/');
        Path real;
        try {
            real = found.file().toRealPath();
        } catch (NoSuchFileException e) {
            return FileEntry.link(found.path(), target); // it was broken and stays so
        } catch (FileSystemException e) {
            throw new IOException(
                    shown + " is a link to '" + Printable.of(target) + "' that cannot be followed: " + Reason.of(e), e);
        }
        if (!real.startsWith(folder)) {
            throw new IOException(shown + " is a link to '" + Printable.of(target) + "', which leads out of " + folder);
        }
        String inside = folder.relativize(real).toString().replace('\\', '/');
        String below = paths.ceiling(inside + "/");
        if (!paths.contains(inside) && (below == null || !below.startsWith(inside + "/"))) {
            if (!found.path().startsWith(inside + "/") && !inside.isEmpty()) {
                throw new IOException(shown + " is a link to '" + Printable.of(target)
                        + "', which no pattern matches: the release would be incomplete");
            }
        }
        return FileEntry.link(found.path(), target);
    }
}
