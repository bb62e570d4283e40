package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.vault.archive.Parts;
import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceCutter;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes the operations of one file with all its pieces, each piece once. */
final class PartsWriter implements Parts {

    /** The file has more parts than the other side would take. */
    static final class TooManyException extends IOException {

        private static final long serialVersionUID = 1L;

        TooManyException() {
            super("the file has too many parts");
        }
    }

    private final DataOutputStream out;
    private final Runnable eachTime;

    /** Numbers of the pieces, in their order. */
    private final Map<PieceHash, Integer> numbers = new LinkedHashMap<>();

    private int operations;

    /** @param eachTime run before each operation is written */
    PartsWriter(DataOutputStream out, Runnable eachTime) {
        this.out = out;
        this.eachTime = eachTime;
    }

    /** Hashes of the distinct pieces in the order of their first places. */
    Set<PieceHash> hashes() {
        return numbers.keySet();
    }

    @Override
    public void structure(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += Wire.LARGEST_STRUCTURE) {
            operation(Wire.STRUCTURE);
            int length = Math.min(Wire.LARGEST_STRUCTURE, bytes.length - at);
            out.writeInt(length);
            out.write(bytes, at, length);
        }
    }

    @Override
    public void content(Region region) throws IOException {
        PieceCutter.cut(region, this::structure, this::piece);
    }

    private void piece(byte[] bytes) throws IOException {
        int next = numbers.size();
        int number = numbers.computeIfAbsent(PieceHash.ofPiece(bytes), hash -> next);
        if (number < next) {
            operation(Wire.AGAIN);
            out.writeInt(number);
            return;
        }
        if (numbers.size() > Wire.MOST_PIECES) {
            throw new TooManyException();
        }
        operation(Wire.NEW);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void beginDeflated(DeflateProfile profile) throws IOException {
        operation(Wire.DEFLATE);
        out.writeByte(profile.code());
    }

    @Override
    public void endDeflated() throws IOException {
        operation(Wire.END);
    }

    /** Nothing comes after this. */
    void finish() throws IOException {
        operation(Wire.DONE);
        out.flush();
    }

    private void operation(int code) throws IOException {
        if (++operations > Wire.MOST_OPERATIONS) {
            throw new TooManyException();
        }
        eachTime.run();
        out.writeByte(code);
    }
}
