package io.jenkins.plugins.rollback.engine.ledger;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the ledger touches its files: everything is forced to the disk, nothing minds an interrupted thread. A class of
 * its own so that tests can let it fail.
 */
class Disk {

    AppendFile append(Path file) throws IOException {
        return new AppendFile(file);
    }

    /** Makes or overwrites a file and forces its content; its directory is the caller's to force. */
    void write(Path file, byte[] content) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(content);
            out.getFD().sync();
        }
    }

    /** Forces the content of a file that is there already. */
    void force(Path file) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.getFD().sync();
        }
    }

    /** Replaces a file in one step: a reader, or a crash, sees the old content or the new. */
    void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(file.getParent());
    }

    /** Makes a file that only its owner can read, before anything is in it. */
    void createPrivate(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The kind of file system, as the system calls it, for example {@code ext4}; empty when it is not known. */
    String kind(Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (IOException e) {
            return "";
        }
    }

    boolean exists(Path file) {
        return Files.exists(file);
    }

    /** Whether it is there and this process may read it. */
    boolean isReadable(Path file) {
        return Files.isReadable(file);
    }

    /** The files below a directory, in the order of their names; none when it is not there. */
    List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) { // a directory that the owner has just removed
            throw e.getCause();
        }
    }

    byte[] read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new java.nio.file.NoSuchFileException(file.toString());
        }
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /** Makes a directory and its missing parents, and forces each new name to the disk. */
    void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            createDirectories(parent);
            Files.createDirectory(directory);
            syncDirectory(parent);
        }
    }

    /** Forces the names in a directory to the disk; where the system cannot do that, it does nothing. */
    void syncDirectory(Path directory) throws IOException {
        if (!isPosix(directory)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(directory)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return !Thread.interrupted(); // clears the flag, so that the next try can work
        }
    }
}
