package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Lists the files and links below a folder without ever following a link. */
final class FileTree {

    /**
     * Something found.
     *
     * @param file where it is
     * @param path the same relative to the folder, with {@code /}
     * @param attributes of the thing itself, not of what a link points to
     */
    record Found(Path file, String path, BasicFileAttributes attributes) {}

    private final Path root;
    private final Predicate<String> enter;
    private final List<Found> found = new ArrayList<>();

    private FileTree(Path root, Predicate<String> enter) {
        this.root = root;
        this.enter = enter;
    }

    /**
     * Lists everything that is not a folder, in the order of the names, folder by folder.
     *
     * @param enter which folders (relative, with {@code /}) are worth entering
     * @throws IOException naming the folder that cannot be read
     */
    static List<Found> list(Path root, Predicate<String> enter) throws IOException {
        FileTree tree = new FileTree(root, enter);
        tree.walk(root, "");
        return tree.found;
    }

    private void walk(Path folder, String prefix) throws IOException {
        for (Path child : children(folder)) {
            String path = prefix + child.getFileName();
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                throw new IOException("cannot read '" + Printable.of(path) + "': " + Reason.of(e), e);
            }
            if (!attributes.isDirectory()) {
                found.add(new Found(child, path, attributes));
            } else if (enter.test(path)) {
                walk(child, path + "/");
            }
        }
    }

    private List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        Collections.sort(children);
        return children;
    }

    private IOException unreadable(Path folder, IOException e) {
        String name =
                folder.equals(root) ? root.toString() : root.relativize(folder).toString();
        return new IOException("cannot read the folder '" + Printable.of(name) + "': " + Reason.of(e), e);
    }

    /** Deletes a folder with everything in it; links are removed, not followed. Nothing there is fine. */
    static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                for (Path child : stream) {
                    delete(child);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Files.deleteIfExists(folder);
    }
}
