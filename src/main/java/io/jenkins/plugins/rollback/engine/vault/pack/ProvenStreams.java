package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.archive.KnownStreams;
import io.jenkins.plugins.rollback.engine.vault.archive.StreamHash;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What was proven of deflate streams while packs were written: a file beside each pack, no part of the format. Such a file
 * may be deleted at any time; one that is damaged is not read. Then members are deflated again, which only takes longer.
 *
 * <p>No claim names a piece: a member that is known is inflated and its contents are stored, or found among the pieces,
 * as if it were new. So it does not matter here what a clean-up took away.
 */
final class ProvenStreams {

    /** Named differently when a deflater is ever corrected: what the old one was seen to make is then worth nothing. */
    private static final byte[] BEGIN = "RRDEFL1\n".getBytes(StandardCharsets.US_ASCII);

    private static final int ENTRY = StreamHash.LENGTH + 1;

    /** Streams that are kept in mind, about 100 bytes each. */
    private static final int MOST = 150_000;

    private static final Logger LOGGER = Logger.getLogger(ProvenStreams.class.getName());

    private final Path folder;
    private Map<StreamHash, DeflateProfile> known = Map.of();

    /** Files whose streams are known. */
    private final Set<String> read = new TreeSet<>();

    /** @param folder may be absent until something is written */
    ProvenStreams(Path folder) {
        this.folder = folder;
    }

    /** What is known now, and collects what is proven from now on. */
    Proving proving() {
        return new Proving(refreshed());
    }

    /** Never changed, only replaced: a file is taken apart in the same way, whoever else writes meanwhile. */
    private synchronized Map<StreamHash, DeflateProfile> refreshed() {
        Map<StreamHash, DeflateProfile> more = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (known.size() + more.size() < MOST
                        && read.add(file.getFileName().toString())) {
                    more.putAll(parse(Files.readAllBytes(file)));
                }
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINEST, e, () -> "nothing was proven yet, or was deleted just now");
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.FINE, e, () -> "not all that was proven is read from " + folder);
        }
        if (!more.isEmpty()) {
            more.putAll(known);
            known = Collections.unmodifiableMap(more);
        }
        return known;
    }

    /** What a file says; nothing when it is damaged or of another version. */
    private static Map<StreamHash, DeflateProfile> parse(byte[] bytes) {
        int end = bytes.length - StreamHash.LENGTH;
        int entries = (end - BEGIN.length) / ENTRY;
        if (end < BEGIN.length
                || BEGIN.length + entries * ENTRY != end
                || !Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length)
                || !Arrays.equals(bytes, end, bytes.length, hash(bytes, end), 0, StreamHash.LENGTH)) {
            return Map.of();
        }
        Map<StreamHash, DeflateProfile> streams = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).position(BEGIN.length);
        for (int i = 0; i < entries; i++) {
            streams.put(StreamHash.read(in), DeflateProfile.of(in.get()));
        }
        return streams;
    }

    private static byte[] hash(byte[] bytes, int length) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    private Path file(String pack) {
        return folder.resolve(pack);
    }

    /** Remembers for later packs; when that fails, they take longer. */
    void save(String pack, Map<StreamHash, DeflateProfile> proven) {
        if (proven.isEmpty()) {
            return;
        }
        ByteBuffer out = ByteBuffer.allocate(BEGIN.length + proven.size() * ENTRY + StreamHash.LENGTH);
        out.put(BEGIN);
        proven.forEach((stream, profile) -> {
            stream.write(out);
            out.put((byte) profile.code());
        });
        out.put(hash(out.array(), out.position()));
        Path temporary = folder.resolve(pack + ".new");
        try {
            Files.createDirectories(folder);
            Files.write(temporary, out.array());
            Files.move(temporary, file(pack), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "what was proven with pack " + pack + " is not remembered");
        }
    }

    /** The pack is gone: nothing of what was proven with it is likely to come again. */
    void forget(String pack) throws IOException {
        Files.deleteIfExists(file(pack));
    }

    /** What is known while one file is taken apart. */
    static final class Proving implements KnownStreams {

        private final Map<StreamHash, DeflateProfile> known;
        private final Map<StreamHash, DeflateProfile> proven = new LinkedHashMap<>();

        private Proving(Map<StreamHash, DeflateProfile> known) {
            this.known = known;
        }

        @Override
        public Optional<DeflateProfile> find(StreamHash stream) {
            return Optional.ofNullable(known.get(stream));
        }

        @Override
        public void proven(StreamHash stream, DeflateProfile profile) {
            if (!known.containsKey(stream)) {
                proven.put(stream, profile);
            }
        }

        /** What was not known before. */
        Map<StreamHash, DeflateProfile> proven() {
            return proven;
        }
    }
}
