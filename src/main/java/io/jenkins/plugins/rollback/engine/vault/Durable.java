package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole, also after the power failed: written aside, flushed, renamed, and the folder flushed. */
final class Durable {

    private static final boolean FOLDERS_CAN_BE_FLUSHED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private Durable() {}

    /** Creates a folder and those above it, each durably. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        Files.createDirectories(folder); // somebody else may just have done it
        if (parent != null) {
            flushFolder(parent);
        }
    }

    /** Writes a small file; it appears under its name whole or not at all. */
    static void write(Path file, byte[] bytes, Path temporary) throws IOException {
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            moveIn(temporary, file);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + Reason.of(e), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Renames a flushed file to its final name, durably. */
    static void moveIn(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        flushFolder(file.toAbsolutePath().getParent());
    }

    /** Makes the names in a folder durable; Windows does so by itself and cannot be asked to. */
    static void flushFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FLUSHED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
