package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.archive.Parts;
import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import io.jenkins.plugins.rollback.engine.vault.archive.StreamHash;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the recipe of a file while it is taken apart, and its new pieces into a pack: those that come near one another
 * are compressed together, and against the pieces that stand in their places in the most similar earlier file.
 */
final class RecipeWriter implements Parts {

    /** Structure beyond this goes into pieces, so that recipes fit in memory. */
    private static final int LARGEST_STRUCTURE = 8 << 20;

    private final PackWriter pack;
    private final String id;
    private final int level;
    private final Neighbours neighbours;

    private final PieceIndex index;
    private final Map<PieceHash, PieceRef> own = new HashMap<>();
    private final List<String> packs = new ArrayList<>();
    private final Map<String, Integer> packNumbers = new HashMap<>();
    private final PieceNumbers numbers = new PieceNumbers();
    private final Varints.Writer operations = new Varints.Writer();
    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private int structureRun;
    private final Transcript transcript = new Transcript();

    private final List<PieceRef> refs = new ArrayList<>();
    private final List<byte[]> waiting = new ArrayList<>();
    private final List<PieceHash> waitingHashes = new ArrayList<>();
    private int waitingBytes;

    RecipeWriter(PackWriter pack, String id, PieceIndex index, Neighbours neighbours, int level) {
        this.pack = pack;
        this.id = id;
        this.index = index;
        this.neighbours = neighbours;
        this.level = level;
        packNumber(id);
    }

    @Override
    public void structure(byte[] bytes) throws IOException {
        if (structure.size() + bytes.length > LARGEST_STRUCTURE && bytes.length >= PieceCutter.SMALLEST) {
            piece(bytes);
            return;
        }
        structure.writeBytes(bytes);
        structureRun += bytes.length;
        transcript.structure(bytes, 0, bytes.length);
    }

    @Override
    public void content(Region region) throws IOException {
        PieceCutter.cut(region, this::structure, this::piece);
    }

    @Override
    public void beginDeflated(DeflateProfile profile) {
        endStructure();
        operations.put(Recipe.DEFLATE).put(profile.code());
        transcript.beginDeflated(profile.code());
    }

    @Override
    public void endDeflated() {
        endStructure();
        operations.put(Recipe.END);
        transcript.endDeflated();
    }

    private void endStructure() {
        if (structureRun > 0) {
            operations.put(Recipe.STRUCTURE).put(structureRun);
            structureRun = 0;
        }
    }

    private void piece(byte[] bytes) throws IOException {
        endStructure();
        byte[] sha256 = Sha256.digest().digest(bytes);
        transcript.piece(sha256, bytes.length);
        PieceHash hash = PieceHash.of(sha256);
        PieceRef ref = own.get(hash);
        if (ref == null) {
            ref = index.find(hash);
        }
        if (ref == null) {
            if (waitingBytes + bytes.length > Group.FULL) {
                writeGroup();
            }
            ref = new PieceRef(id, pack.nextPiece() + waiting.size());
            own.put(hash, ref);
            waiting.add(bytes);
            waitingHashes.add(hash);
            waitingBytes += bytes.length;
        }
        refs.add(ref);
        int number = packNumber(ref.pack());
        operations.put(Recipe.PIECE).put(number).putSigned(numbers.difference(number, ref.piece()));
    }

    private int packNumber(String packId) {
        return packNumbers.computeIfAbsent(packId, key -> {
            packs.add(key);
            return packs.size() - 1;
        });
    }

    private void writeGroup() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        Neighbours.Bases bases = neighbours.basesOf(refs, id, pack.nextPiece());
        pack.group(List.copyOf(waiting), waitingHashes, bases.refs(), bases.dictionary(), bases.depth(), level);
        waiting.clear();
        waitingHashes.clear();
        waitingBytes = 0;
    }

    /**
     * Writes what is left, then the recipe as the last piece of the pack.
     *
     * @param proven while the file was taken apart
     */
    Written finish(Map<StreamHash, DeflateProfile> proven) throws IOException {
        endStructure();
        writeGroup();
        byte[] body = Recipe.toBytes(packs, operations.toBytes(), structure.toByteArray());
        Neighbours.Bases base = neighbours.baseOfRecipe(refs, id);
        PieceRef ref = new PieceRef(id, pack.nextPiece());
        pack.group(List.of(body), List.of(), base.refs(), base.dictionary(), base.depth(), level);
        return new Written(ref, transcript.hash(), proven);
    }
}
