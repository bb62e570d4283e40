package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Progress;
import io.jenkins.plugins.rollback.engine.vault.archive.KnownStreams;
import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import io.jenkins.plugins.rollback.engine.vault.archive.Splitter;
import io.jenkins.plugins.rollback.engine.vault.pack.PackStore;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The side where the files are: takes archives apart into a temporary file, asks, and sends what is wanted of it. */
public final class PartsSender {

    private static final int BUFFER = 64 * 1024;

    private final Path root;
    private final Path temporary;
    private final Progress progress;

    /**
     * @param root folder of the files
     * @param temporary exists; for one archive at a time, unfolded
     * @param progress hears bytes of archives: half of each counts when it is taken apart, half when it is sent
     */
    public PartsSender(Path root, Path temporary, Progress progress) {
        this.root = root;
        this.temporary = temporary;
        this.progress = progress;
    }

    /**
     * Sends what of the files is an archive, and says of the others that they are to be sent whole.
     *
     * @param files in the order in which the receiver has them
     * @param answers from the receiver
     * @param out to the receiver; closed at the end
     * @throws IOException naming the file that could not be read, or when the receiver went away
     */
    public void send(List<FileEntry> files, InputStream answers, OutputStream out) throws IOException {
        long total = files.stream().mapToLong(FileEntry::size).sum();
        long before = 0;
        Deflater deflater = new Deflater();
        try (DataOutputStream wire = new DataOutputStream(
                new BufferedOutputStream(new DeflaterOutputStream(out, deflater, BUFFER, true), BUFFER))) {
            for (FileEntry file : files) {
                long base = before;
                LongConsumer done = bytes -> progress.at(file.path(), base + bytes, total);
                send(file, new DataInputStream(answers), wire, done);
                before += file.size();
            }
        } finally {
            deflater.end();
        }
    }

    private void send(FileEntry file, DataInputStream answers, DataOutputStream wire, LongConsumer done)
            throws IOException {
        Path spool = Files.createTempFile(temporary, "parts-", ".tmp");
        try {
            Collection<PieceHash> hashes = takeApart(file, spool, done);
            if (hashes.isEmpty()) {
                wire.writeByte(Wire.WHOLE);
                return;
            }
            wire.writeByte(Wire.APART);
            wire.writeInt(hashes.size());
            ByteBuffer buffer = ByteBuffer.allocate(PieceHash.LENGTH);
            for (PieceHash hash : hashes) {
                hash.write(buffer.clear());
                wire.write(buffer.array());
            }
            wire.flush();
            BitSet held = BitSet.valueOf(readFully(answers, hashes.size()));
            copy(file.size(), spool, held, wire, done);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static byte[] readFully(DataInputStream answers, int bits) throws IOException {
        byte[] answer = new byte[(bits + 7) / 8];
        answers.readFully(answer);
        return answer;
    }

    /** The pieces of an archive, which the spool then has; none when the file is to be sent whole. */
    private Collection<PieceHash> takeApart(FileEntry file, Path spool, LongConsumer done) throws IOException {
        try (FileChannel channel = open(file)) {
            AtomicLong reached = new AtomicLong(); // members are looked at on several threads
            Region region = Region.of(channel).watched(reached::set);
            if (region.size() != file.size()
                    || region.size() > PackStore.LARGEST_ARCHIVE
                    || !Splitter.isArchive(region)) {
                return List.of();
            }
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(spool), BUFFER))) {
                PartsWriter parts = new PartsWriter(out, () -> done.accept(reached.get() / 2));
                Splitter.split(region, temporary, parts, KnownStreams.NONE);
                parts.finish();
                return parts.hashes();
            }
        } catch (EOFException e) {
            throw new IOException("'" + file.path() + "' changed while it was read; is something still writing it?", e);
        } catch (PartsWriter.TooManyException e) {
            return List.of();
        }
    }

    private FileChannel open(FileEntry file) throws IOException {
        try {
            return FileChannel.open(root.resolve(file.path()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IOException("cannot read '" + file.path() + "' any more: " + e, e);
        }
    }

    /** Sends the operations as they are, without the bytes of pieces that the receiver has. */
    private static void copy(long fileSize, Path spool, BitSet held, DataOutputStream wire, LongConsumer done)
            throws IOException {
        long size = Math.max(1, Files.size(spool));
        long copied = 0;
        int next = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(spool), BUFFER))) {
            int code;
            do {
                code = in.readUnsignedByte();
                wire.writeByte(code);
                switch (code) {
                    case Wire.STRUCTURE -> copied += bytes(in, wire);
                    case Wire.NEW -> copied += bytes(in, held.get(next++) ? null : wire);
                    case Wire.AGAIN -> wire.writeInt(in.readInt());
                    case Wire.DEFLATE -> wire.writeByte(in.readUnsignedByte());
                    default -> {
                        // nothing belongs to it
                    }
                }
                double sent = Math.min(1, (double) copied / size);
                done.accept((long) (fileSize * (1 + sent) / 2));
            } while (code != Wire.DONE);
        }
    }

    /** Copies a length and so many bytes, or skips them when there is nowhere to copy them. */
    private static int bytes(DataInputStream in, DataOutputStream wire) throws IOException {
        int length = in.readInt();
        if (wire == null) {
            in.skipNBytes(length);
        } else {
            wire.writeInt(length);
            wire.write(in.readNBytes(length));
        }
        return length;
    }
}
