package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * Writes the files of a manifest into a folder that appears whole or not at all, every byte verified on the way. Runs
 * where the folder is.
 */
public final class ReleaseRestorer {

    /** Where contents come from: the vault, or a channel to the controller that has it. */
    @FunctionalInterface
    public interface Contents {
        /** Opens a content; called once for each file of the manifest that is no link, in the order of the files. */
        InputStream open(String sha256) throws IOException;
    }

    private ReleaseRestorer() {}

    /**
     * Restores into {@code folder}, which is created; an existing folder with exactly these files is verified and kept,
     * anything else there is an error.
     *
     * @throws HashMismatchException naming the file; the folder does not appear
     */
    public static void restore(Manifest manifest, Contents contents, Path folder) throws IOException {
        restore(manifest, contents, folder, Progress.NONE);
    }

    /** {@link #restore(Manifest, Contents, Path)} that tells how far it is. */
    public static void restore(Manifest manifest, Contents contents, Path folder, Progress progress)
            throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
            RestoredFolder.requireExactly(manifest, target, progress);
            return;
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException("cannot restore into '" + folder + "': it is the root of a file system");
        }
        Files.createDirectories(parent);
        Path staging = parent.resolve(target.getFileName() + ".partial-" + UUID.randomUUID());
        try {
            Files.createDirectory(staging);
            fill(staging, manifest, contents, progress);
            moveIn(staging, manifest, target);
        } finally {
            FileTree.delete(staging);
        }
    }

    private static boolean isEmptyFolder(Path target) throws IOException {
        return Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)
                && VaultLayout.list(target).isEmpty();
    }

    private static void fill(Path staging, Manifest manifest, Contents contents, Progress progress) throws IOException {
        long total = manifest.bytes();
        long done = 0;
        for (FileEntry file : manifest.files()) {
            if (!file.isLink()) {
                Path target = inside(staging, file);
                try (InputStream in = contents.open(file.sha256())) {
                    done = write(file, in, target, progress, done, total);
                }
            }
        }
        // links come last: while files are written no link of this release can lead a write elsewhere
        for (FileEntry file : manifest.files()) {
            if (file.isLink()) {
                Path target = inside(staging, file);
                try {
                    Files.createSymbolicLink(target, staging.getFileSystem().getPath(file.link()));
                } catch (IOException | UnsupportedOperationException e) {
                    String why = e instanceof IOException io ? Reason.of(io) : "links are not supported here";
                    throw new IOException("cannot restore the link '" + file.path() + "': " + why, e);
                }
            }
        }
    }

    /** The manifest's rules keep paths inside; what a system makes of an odd name ({@code C:x}) is checked once more. */
    private static Path inside(Path staging, FileEntry file) throws IOException {
        Path target = staging.resolve(file.path()).normalize();
        if (!target.startsWith(staging) || target.equals(staging)) {
            throw new IOException("'" + file.path() + "' would lie outside the folder; refused");
        }
        Files.createDirectories(target.getParent());
        return target;
    }

    private static long write(FileEntry file, InputStream in, Path target, Progress progress, long before, long total)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        long size = 0;
        byte[] buffer = new byte[Sha256.BUFFER];
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = read(file, in, buffer); n >= 0; n = read(file, in, buffer)) {
                digest.update(buffer, 0, n);
                size += n;
                try {
                    out.write(buffer, 0, n);
                } catch (IOException e) {
                    throw new IOException("cannot write " + target + ": " + Reason.of(e), e);
                }
                progress.at(file.path(), before + size, total);
            }
        }
        String found = Sha256.hex(digest);
        if (!found.equals(file.sha256())) {
            throw new HashMismatchException(file.path(), file.sha256(), found);
        }
        FileReader.setMode(target, file.mode());
        return before + size;
    }

    private static int read(FileEntry file, InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (HashMismatchException e) {
            throw new HashMismatchException(file.path(), e.expected(), e.found());
        }
    }

    private static void moveIn(Path staging, Manifest manifest, Path target) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.delete(target); // an empty folder makes way; a full one does not
            } catch (IOException e) {
                RestoredFolder.requireExactly(manifest, target, Progress.NONE);
                return;
            }
        }
        try {
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("cannot create " + target + ": " + Reason.of(e), e);
            }
            // somebody else restored the same at the same time and was first
            RestoredFolder.requireExactly(manifest, target, Progress.NONE);
        }
    }
}
