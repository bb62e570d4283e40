package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The side of the vault: says which pieces it may take from itself, and stores what comes. */
public final class PartsReceiver {

    private static final int BUFFER = 64 * 1024;

    /** Hears of each content that was stored. */
    @FunctionalInterface
    public interface Stored {

        /** @param added bytes on disk */
        void stored(FileEntry file, long added);
    }

    private final Vault vault;
    private final HeldPieces held;
    private final Stored listener;

    /** @param held pieces that the sender may leave out; those of what it sends are added */
    public PartsReceiver(Vault vault, HeldPieces held, Stored listener) {
        this.vault = vault;
        this.held = held;
        this.listener = listener;
    }

    /**
     * Receives what the sender takes apart.
     *
     * @param files in the order in which the sender has them
     * @return those that have to be sent whole
     * @throws IOException when the stream ends early or is not as it must be; the contents that came before it are stored
     */
    public List<FileEntry> receive(List<FileEntry> files, InputStream in, OutputStream answers) throws IOException {
        List<FileEntry> whole = new ArrayList<>();
        Inflater inflater = new Inflater();
        try {
            // not closed: whoever opened the stream below closes it
            DataInputStream wire = new DataInputStream(new InflaterInputStream(in, inflater, BUFFER));
            for (FileEntry file : files) {
                try {
                    if (!receive(file, wire, answers)) {
                        whole.add(file);
                    }
                } catch (MalformedStreamException | ZipException e) {
                    throw new IOException(
                            "what arrived of '" + Printable.of(file.path()) + "' makes no sense: " + e.getMessage(), e);
                }
            }
            // to the very end: a sender that cannot say its last word would take that for a failure
            if (wire.read() >= 0 || in.read() >= 0) {
                throw new IOException("more arrived than was asked for");
            }
            return whole;
        } finally {
            inflater.end();
        }
    }

    private boolean receive(FileEntry file, DataInputStream wire, OutputStream answers) throws IOException {
        int how = wire.readUnsignedByte();
        if (how == Wire.WHOLE) {
            return false;
        }
        if (how != Wire.APART) {
            throw new MalformedStreamException("unknown answer " + how);
        }
        List<PieceHash> hashes = readHashes(wire);
        answers.write(bits(hashes));
        answers.flush();
        PartsReader parts = new PartsReader(wire, hashes, held, file.size());
        OptionalLong added = vault.put(file.sha256(), file.size(), parts);
        parts.finish();
        if (added.isPresent()) {
            listener.stored(file, added.getAsLong());
            held.add(file.sha256());
        }
        return added.isPresent();
    }

    private static List<PieceHash> readHashes(DataInputStream wire) throws IOException {
        int count = wire.readInt();
        if (count < 1 || count > Wire.MOST_PIECES) {
            throw new MalformedStreamException("it has " + count + " pieces, expected 1 to " + Wire.MOST_PIECES);
        }
        List<PieceHash> hashes = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(PieceHash.LENGTH);
        for (int i = 0; i < count; i++) {
            wire.readFully(buffer.array());
            hashes.add(PieceHash.read(buffer.clear()));
        }
        return hashes;
    }

    private byte[] bits(List<PieceHash> hashes) {
        BitSet bits = new BitSet();
        for (int i = 0; i < hashes.size(); i++) {
            bits.set(i, held.has(hashes.get(i)));
        }
        return Arrays.copyOf(bits.toByteArray(), (hashes.size() + 7) / 8);
    }
}
