package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.vault.archive.Parts;
import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PartsSource;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceCutter;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the operations of one file and trusts none of them. When whoever takes the parts gives up, {@link #finish} reads
 * the rest, so that the next file can follow.
 */
final class PartsReader implements PartsSource {

    private final DataInputStream in;
    private final List<PieceHash> hashes;
    private final HeldPieces held;
    private final long mostBytes;

    private int next;
    private int operations;
    private long bytes;
    private int depth;
    private boolean done;

    /** What is wrong with the stream, or {@code null}: after that nothing more can be read from it. */
    private IOException broken;

    /** @param hashes of all pieces; those that are held do not come */
    PartsReader(DataInputStream in, List<PieceHash> hashes, HeldPieces held, long fileSize) {
        this.in = in;
        this.hashes = hashes;
        this.held = held;
        mostBytes = Wire.mostBytes(fileSize);
    }

    @Override
    public void giveTo(Path temporary, Parts parts) throws IOException {
        try (PieceSpool spool = new PieceSpool(temporary, hashes.size())) {
            while (!done) {
                give(operation(), spool, parts);
            }
        }
    }

    /**
     * Reads what is left.
     *
     * @throws IOException when the stream is not as it must be
     */
    void finish() throws IOException {
        while (!done) {
            operation();
        }
    }

    /** An operation that was read as a whole, before anybody had to do with it. */
    private record Operation(int code, int number, byte[] bytes) {}

    private Operation operation() throws IOException {
        if (broken != null) {
            throw broken;
        }
        try {
            if (++operations > Wire.MOST_OPERATIONS) {
                throw new MalformedStreamException("it has too many parts");
            }
            return read(in.readUnsignedByte());
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    private Operation read(int code) throws IOException {
        return switch (code) {
            case Wire.STRUCTURE -> new Operation(code, 0, readBytes(Wire.LARGEST_STRUCTURE));
            case Wire.NEW -> readNew();
            case Wire.AGAIN -> new Operation(code, limited(in.readInt(), 0, next - 1), null);
            case Wire.DEFLATE -> {
                depth = limited(depth + 1, 1, Wire.DEEPEST);
                yield new Operation(code, profile(in.readUnsignedByte()), null);
            }
            case Wire.END -> {
                depth = limited(depth - 1, 0, Wire.DEEPEST);
                yield new Operation(code, 0, null);
            }
            case Wire.DONE -> {
                limited(depth, 0, 0);
                limited(next, hashes.size(), hashes.size());
                done = true;
                yield new Operation(code, 0, null);
            }
            default -> throw new MalformedStreamException("unknown operation " + code);
        };
    }

    private Operation readNew() throws IOException {
        int number = limited(next, 0, hashes.size() - 1);
        next++;
        if (held.has(hashes.get(number))) {
            return new Operation(Wire.NEW, number, null);
        }
        byte[] piece = readBytes(PieceCutter.LARGEST);
        if (!PieceHash.ofPiece(piece).equals(hashes.get(number))) {
            throw new MalformedStreamException("a piece is not what was announced");
        }
        return new Operation(Wire.NEW, number, piece);
    }

    private byte[] readBytes(int most) throws IOException {
        byte[] read = new byte[limited(in.readInt(), 1, most)];
        count(read.length);
        in.readFully(read);
        return read;
    }

    private void count(int more) throws IOException {
        bytes += more;
        if (bytes > mostBytes) {
            throw new MalformedStreamException("it has more than " + mostBytes + " bytes");
        }
    }

    private static int profile(int code) throws IOException {
        try {
            return DeflateProfile.of(code).code();
        } catch (IllegalArgumentException e) {
            throw new MalformedStreamException(e.getMessage());
        }
    }

    private static int limited(int value, int least, int most) throws IOException {
        if (value < least || value > most) {
            throw new MalformedStreamException("a number is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }

    private void give(Operation operation, PieceSpool spool, Parts parts) throws IOException {
        switch (operation.code()) {
            case Wire.STRUCTURE -> parts.structure(operation.bytes());
            case Wire.NEW, Wire.AGAIN -> {
                byte[] piece = piece(operation, spool);
                parts.content(Region.of(piece, piece.length));
            }
            case Wire.DEFLATE -> parts.beginDeflated(DeflateProfile.of(operation.number()));
            case Wire.END -> parts.endDeflated();
            default -> {
                // DONE has nothing more to say
            }
        }
    }

    private byte[] piece(Operation operation, PieceSpool spool) throws IOException {
        int number = operation.number();
        if (operation.bytes() != null) {
            spool.put(number, operation.bytes());
            return operation.bytes();
        }
        byte[] piece = spool.has(number)
                ? spool.get(number)
                : held.read(hashes.get(number))
                        .orElseThrow(() -> new IOException("piece " + number + " was neither held nor sent"));
        count(piece.length);
        return piece;
    }
}
