package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.parallel.Ahead;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Writes a pack from its beginning to its end; it is complete when {@link #finish} returned. Groups are compressed on other
 * threads, a few at a time, and written in their order.
 */
final class PackWriter implements Closeable {

    private static final int DIRECTORY_LEVEL = 9;

    /** Groups that wait while another is gathered: compressing takes some 50 MiB each, most of it not in the heap. */
    private static final int MOST_PENDING = 1;

    private record Pending(Group group, Ahead<byte[]> frame) {}

    private final String id;
    private final FileChannel channel;
    private final List<Group> groups = new ArrayList<>();

    /** Those that are not written yet; their places are not known before. */
    private final Deque<Pending> pending = new ArrayDeque<>();

    private final List<Integer> lengths = new ArrayList<>();
    private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    private long offset;

    /** @param file must not exist yet */
    PackWriter(Path file, String id) throws IOException {
        this.id = id;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        write(PackFile.BEGIN);
    }

    /**
     * Appends pieces that are compressed together.
     *
     * @param named hashes of the pieces, or of none of them
     * @param dictionary the bytes of {@code bases}, one after the other
     * @param depth one more than the deepest base, 0 without bases
     */
    void group(
            List<byte[]> pieces, List<PieceHash> named, List<PieceRef> bases, byte[] dictionary, int depth, int level)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        byte[] data = all.toByteArray();
        Group group = new Group(0, 0, depth, lengths.size(), pieces.size(), data.length, bases);
        pending.add(new Pending(group, Ahead.start(() -> Zstd.compress(data, dictionary, level))));
        pieces.forEach(piece -> lengths.add(piece.length));
        ByteBuffer hash = ByteBuffer.allocate(PieceHash.LENGTH);
        for (PieceHash name : named) {
            name.write(hash.clear());
            hashes.writeBytes(hash.array());
        }
        writePending(MOST_PENDING);
    }

    private void writePending(int left) throws IOException {
        while (pending.size() > left) {
            Pending next = pending.poll();
            byte[] frame = next.frame().get();
            groups.add(next.group().at(offset, frame.length));
            write(frame);
        }
    }

    /** Number that the next piece gets. */
    int nextPiece() {
        return lengths.size();
    }

    /** Writes the directory and flushes everything to the disk. */
    PackDirectory finish(String owner, long created) throws IOException {
        writePending(0);
        PackDirectory directory = new PackDirectory(
                id,
                owner,
                created,
                groups,
                lengths.stream().mapToInt(Integer::intValue).toArray(),
                hashes.toByteArray());
        end(directory);
        return directory;
    }

    private void end(PackDirectory directory) throws IOException {
        byte[] raw = directory.toBytes();
        byte[] frame = Zstd.compress(raw, new byte[0], DIRECTORY_LEVEL);
        ByteBuffer trailer = ByteBuffer.allocate(PackFile.TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putLong(offset).putInt(frame.length).putInt(raw.length).put(PackFile.END);
        write(frame);
        write(trailer.array());
        channel.force(true);
    }

    /** Writes a pack again without some of its groups; the numbers of pieces stay. */
    static void copy(PackFile pack, Set<Integer> live, Path target) throws IOException {
        PackDirectory old = pack.directory();
        try (PackWriter writer = new PackWriter(target, old.pack())) {
            List<Group> groups = new ArrayList<>();
            for (int i = 0; i < old.groups().size(); i++) {
                Group group = old.groups().get(i);
                if (live.contains(i)) {
                    groups.add(group.at(writer.offset, group.length()));
                    writer.write(pack.frame(group));
                } else {
                    groups.add(group.at(writer.offset, 0));
                }
            }
            writer.end(new PackDirectory(old.pack(), old.owner(), old.created(), groups, old.lengths(), old.hashes()));
        }
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        offset += bytes.length;
    }

    @Override
    public void close() throws IOException {
        pending.forEach(group -> group.frame().forget());
        channel.close();
    }
}
