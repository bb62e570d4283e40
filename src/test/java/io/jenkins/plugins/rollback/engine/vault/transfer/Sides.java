package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Progress;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Both sides of a transfer, with pipes between them. */
final class Sides {

    private final Path root;
    private final Path temporary;
    private final Vault vault;

    /** Bytes from the sender in the last transfer. */
    long bytes;

    /** What the last transfer stored, and how many bytes that took. */
    final List<FileEntry> stored = new ArrayList<>();

    long added;

    /** @param folder empty; gets a folder of files and one for temporary ones */
    Sides(Path folder, Vault vault) throws IOException {
        root = Files.createDirectories(folder.resolve("files"));
        temporary = Files.createDirectories(folder.resolve("temporary"));
        this.vault = vault;
    }

    Path temporary() {
        return temporary;
    }

    FileEntry file(String name, byte[] content) throws IOException {
        Files.write(root.resolve(name), content);
        return new FileEntry(name, content.length, 0644, Sha256.of(content), null);
    }

    /** Sends files and returns those that are to be sent whole. */
    List<FileEntry> transfer(Set<String> known, FileEntry... files) throws IOException {
        bytes = 0;
        PipedInputStream up = new PipedInputStream(1 << 16);
        PipedInputStream down = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(up);
        PipedOutputStream answers = new PipedOutputStream(down);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                new PartsSender(root, temporary, Progress.NONE).send(List.of(files), down, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (InputStream in = new FilterInputStream(up) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                bytes += Math.max(0, n);
                return n;
            }
        }) {
            return receive(known, List.of(files), in, answers);
        } finally {
            answers.close();
            try {
                sending.join();
            } catch (CompletionException e) {
                // the receiver has failed, too, and says so
            }
        }
    }

    private List<FileEntry> receive(Set<String> known, List<FileEntry> files, InputStream in, OutputStream answers)
            throws IOException {
        stored.clear();
        added = 0;
        try (HeldPieces held = vault.pieces(known).orElseThrow()) {
            return new PartsReceiver(vault, held, (file, bytesAdded) -> {
                        stored.add(file);
                        added += bytesAdded;
                    })
                    .receive(files, in, answers);
        }
    }

    /** What the sender says of files, inflated, when nothing is held. */
    byte[] say(FileEntry... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream nothingHeld = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        new PartsSender(root, temporary, Progress.NONE).send(List.of(files), nothingHeld, out);
        return new InflaterInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
    }

    /** Receives what somebody said. */
    List<FileEntry> hear(byte[] said, FileEntry... files) throws IOException {
        return hear(Set.of(), said, OutputStream.nullOutputStream(), files);
    }

    List<FileEntry> hear(Set<String> known, byte[] said, OutputStream answers, FileEntry... files) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(said);
        }
        return receive(known, List.of(files), new ByteArrayInputStream(deflated.toByteArray()), answers);
    }
}
