package io.jenkins.plugins.rollback.engine.ledger.state;

import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.SignedNote;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The state of one projection in a file: four bytes length of the head, the head, the state. The head is a note that the
 * ledger signed: name and form of the state, the tree that it was computed from by size and root hash, and the hash of
 * the state. A state that is damaged, of another form, signed by anybody else or of another history is not believed; the
 * entries are the truth, and it is made anew from them.
 *
 * <p>Written without forcing it to the disk: losing it costs time alone.
 */
final class StateFile {

    private static final Logger LOGGER = Logger.getLogger(StateFile.class.getName());
    private static final String KIND = "projection";
    private static final int MAX_HEAD = 4096;

    private final Path file;
    private final SavedProjection projection;
    private volatile long saved = -1; // how many entries the file covers; several files are read at a time

    StateFile(Path folder, SavedProjection projection) {
        this.file = folder.resolve(projection.name());
        this.projection = projection;
    }

    /** Gives the projection the state that the file has, when it has one of this very ledger. */
    void load(Tree tree) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            read(tree, ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.INFO,
                    () -> "What is known of " + projection.name() + " is computed anew from the ledger: " + file + " "
                            + e.getMessage());
            LOGGER.log(Level.FINE, "Why", e);
        }
    }

    private void read(Tree tree, ByteBuffer in) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > MAX_HEAD) {
            throw new IOException("is no state");
        }
        byte[] note = new byte[length];
        in.get(note);
        String head = SignedNote.verify(KIND, new String(note, StandardCharsets.UTF_8), tree.key());
        ByteBuffer state = in.slice();
        long size = size(head);
        if (size < 0 || size > tree.checkpoint().size() || !head.equals(head(tree, size, hash(state)))) {
            throw new IOException("is damaged, of another form or of another history");
        }
        projection.load(new StateReader(state), size);
        saved = size;
    }

    private static String hash(ByteBuffer state) {
        MessageDigest digest = Sha256.digest();
        digest.update(state.duplicate());
        return Sha256.hex(digest);
    }

    private static long size(String head) {
        return Long.parseLong(head.lines().skip(1).findFirst().orElse("-1"));
    }

    private String head(Tree tree, long size, String sha256) throws IOException {
        byte[] hash;
        synchronized (tree) { // several files are read at a time, and a tree is for one thread
            hash = tree.root(size);
        }
        String root = Base64.getEncoder().encodeToString(hash);
        return projection.name() + " " + projection.form() + "\n" + size + "\n" + root + "\n" + sha256 + "\n";
    }

    /** Removes it: it may hold what is about to be dropped from the ledger. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
        saved = -1;
    }

    /**
     * Writes the state down, unless the file has it already or it comes from entries that no tree covers yet because
     * they wait to be merged.
     *
     * @throws IOException when it cannot be written; the file is then as it was
     */
    void save(Ledger ledger) throws IOException {
        if (projection.next() == saved) {
            return;
        }
        StateWriter state = new StateWriter();
        long size = projection.save(state);
        Tree tree = ledger.tree();
        if (size > tree.checkpoint().size()) {
            return;
        }
        byte[] note = ledger.sign(KIND, head(tree, size, state.sha256())).getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
            out.writeInt(note.length);
            out.write(note);
            state.writeTo(out);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        saved = size;
    }
}
