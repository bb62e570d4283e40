package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * Keeps an index in a file, so that the next start need not read the whole ledger. The file says which tree it was made
 * from; one that is missing, damaged, or of another history is made anew from the ledger, and one that is behind catches
 * up. It holds what the tiles hold, no clear text, and is written without fsync: losing it costs time alone.
 *
 * <p>Big-endian: magic, form, number of entries, root hash of their tree; length of the texts, texts; the columns one
 * after the other; the reasons; CRC-32C of all before it.
 */
public final class IndexFile {

    private static final Logger LOGGER = Logger.getLogger(IndexFile.class.getName());
    private static final int MAGIC = 0x52524958; // RRIX
    private static final int FORM = 1;
    private static final int ROOT = 32;

    private final Path file;

    /** @param directory gets the file {@code columns}; by custom the folder {@code index} beside the ledger's tiles */
    public IndexFile(Path directory) {
        file = directory.resolve("columns");
    }

    /**
     * The index of a ledger as far as the file has it, to be attached with
     * {@code ledger.attach(index, index.size())}.
     */
    public LedgerIndex load(Ledger ledger) {
        if (Files.exists(file)) {
            try {
                return read(ledger, Files.readAllBytes(file));
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.INFO, () -> "The index of the ledger is made anew: " + e);
            }
        }
        return new LedgerIndex(ledger.people());
    }

    private static LedgerIndex read(Ledger ledger, byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length - Long.BYTES);
        if (in.getLong(bytes.length - Long.BYTES) != sum.getValue() || in.getInt() != MAGIC || in.getInt() != FORM) {
            throw new IOException("it is damaged or has another form");
        }
        int size = in.getInt();
        byte[] root = new byte[ROOT];
        in.get(root);
        Tree tree = ledger.tree();
        if (size > tree.checkpoint().size() || !Arrays.equals(root, tree.root(size))) {
            throw new IOException("it was made from another history");
        }
        byte[] texts = new byte[in.getInt()];
        in.get(texts);
        Dictionary names = new Dictionary();
        Subjects subjects = new Subjects();
        try (DataInputStream text = new DataInputStream(new ByteArrayInputStream(texts))) {
            for (int i = text.readInt(); i > 1; i--) {
                names.number(text.readUTF());
            }
            for (int i = text.readInt(); i > 0; i--) {
                subjects.owners().put(text.readUTF(), text.readUTF());
            }
        }
        long[] times = new long[size];
        in.asLongBuffer().get(times);
        in.position(in.position() + size * Long.BYTES);
        int[][] values = new int[Columns.COUNT][];
        for (int column = 0; column < Columns.COUNT; column++) {
            values[column] = ints(in, size);
        }
        Reasons reasons = new Reasons();
        for (int entry : ints(in, in.getInt())) {
            byte[] commitment = new byte[Reasons.BYTES];
            in.get(commitment, 0, Reasons.BYTES);
            reasons.add(entry, commitment);
        }
        return new LedgerIndex(ledger.people(), names, subjects, new Columns(times, values, size), reasons);
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        in.position(in.position() + count * Integer.BYTES);
        return values;
    }

    /**
     * Writes the index down.
     *
     * @param ledger that it is attached to
     * @throws IOException when it cannot be written; the file is then as it was
     */
    public void save(Ledger ledger, LedgerIndex index) throws IOException {
        byte[] texts;
        byte[] reasons;
        Columns columns;
        synchronized (index) { // no question to the ledger in here: it asks for this lock while it holds its own
            texts = texts(index);
            reasons = reasons(index.reasons());
            columns = index.columns().view();
        }
        int size = columns.size();
        long length = 3L * Integer.BYTES
                + ROOT
                + Integer.BYTES
                + texts.length
                + size * (long) (Long.BYTES + Columns.COUNT * Integer.BYTES)
                + reasons.length
                + Long.BYTES;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length));
        out.putInt(MAGIC).putInt(FORM).putInt(size).put(ledger.tree().root(size));
        out.putInt(texts.length).put(texts);
        out.asLongBuffer().put(columns.times(), 0, size);
        out.position(out.position() + size * Long.BYTES);
        for (int column = 0; column < Columns.COUNT; column++) {
            out.asIntBuffer().put(columns.column(column), 0, size);
            out.position(out.position() + size * Integer.BYTES);
        }
        out.put(reasons);
        CRC32C sum = new CRC32C();
        sum.update(out.array(), 0, out.position());
        out.putLong(sum.getValue());
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling("columns.new");
        Files.write(next, out.array());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] texts(LedgerIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(index.names().texts().size());
            for (String name :
                    index.names().texts().subList(1, index.names().texts().size())) {
                out.writeUTF(name);
            }
            out.writeInt(index.subjects().owners().size());
            for (Map.Entry<String, String> owner : index.subjects().owners().entrySet()) {
                out.writeUTF(owner.getKey());
                out.writeUTF(owner.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] reasons(Reasons reasons) {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + reasons.size() * (Integer.BYTES + Reasons.BYTES));
        out.putInt(reasons.size());
        for (int i = 0; i < reasons.size(); i++) {
            out.putInt(reasons.entry(i));
        }
        for (int i = 0; i < reasons.size(); i++) {
            out.put(reasons.bytes(i));
        }
        return out.array();
    }
}
