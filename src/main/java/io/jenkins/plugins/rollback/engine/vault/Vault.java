package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PartsSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps the bytes of releases: content-addressed, so that equal files are stored once, and visible only when whole.
 *
 * <p>Retaining is three steps, so that they can be done where the files are (an agent) while the vault is elsewhere
 * (the controller): {@link ReleaseScanner scan} the files into a manifest, ask which contents are {@link #missing},
 * {@link #put} those, {@link #commit} the manifest. Nothing is visible before the commit; what an interrupted attempt
 * left is used by the next or collected.
 *
 * <p>Implementations are thread safe, across processes too.
 */
public interface Vault {

    /** Which of these contents (SHA-256, hexadecimal) the vault does not have. */
    Set<String> missing(Collection<String> sha256s) throws IOException;

    /**
     * Stores a content. The vault hashes what it receives and trusts nobody.
     *
     * @return bytes added on disk; 0 when it was there
     * @throws HashMismatchException when the bytes are not what {@code sha256} says; nothing is stored
     * @throws IOException when it could not be stored (disk full names the file); nothing is visible
     */
    long put(String sha256, InputStream contents) throws IOException;

    /**
     * The pieces of contents that were taken apart: whoever has shown those contents need not show the pieces again.
     *
     * @return nothing when this vault takes whole contents only
     */
    default Optional<HeldPieces> pieces(Collection<String> sha256s) throws IOException {
        return Optional.empty();
    }

    /**
     * Stores a content that was taken apart elsewhere. It is put together again and hashed before it counts as stored.
     *
     * @param size bytes of the content
     * @param parts need not have been read to their end when this returns
     * @return bytes added on disk, 0 when it was there; nothing when the content has to be {@link #put} whole: its
     *     parts were not it, or they cannot be stored
     */
    default OptionalLong put(String sha256, long size, PartsSource parts) throws IOException {
        return OptionalLong.empty();
    }

    /**
     * Makes a release visible, durably, when all its contents are there.
     *
     * @throws ReleaseExistsException when the release exists with other contents (both hashes in the message); the
     *     same contents again are welcome
     * @throws IOException when a content is missing (named) or writing failed
     */
    void commit(Manifest manifest) throws IOException;

    Optional<Manifest> manifest(ReleaseId id) throws IOException;

    /** All visible releases, by service and version. */
    List<ReleaseId> releases() throws IOException;

    /** The visible releases of a service, by the text of their versions. */
    default List<ReleaseId> releases(String service) throws IOException {
        return releases().stream().filter(id -> id.service().equals(service)).toList();
    }

    /**
     * Reads a content back; the stream throws {@link HashMismatchException} at its end if what it gave was not what
     * was stored.
     */
    InputStream open(String sha256) throws IOException;

    /** Reads everything again and lists what is wrong; empty when all is well. */
    default List<String> verify() throws IOException {
        return verify(Pace.FULL).stream().map(VaultFault::toString).toList();
    }

    /**
     * Reads everything again, each content once.
     *
     * @param pace may slow it down, or end it by an exception
     * @return what is wrong, for each release that it concerns; empty when all is well
     */
    List<VaultFault> verify(Pace pace) throws IOException;

    /**
     * What each of some releases takes on disk that no other release uses: about what would come free if it alone went.
     * Releases that are not here are left out. Reads every manifest and recipe.
     */
    Map<ReleaseId, Long> ownBytes(Set<ReleaseId> ids) throws IOException;

    /**
     * Removes the releases that are not to be kept, then the contents that no release has any more. Safe while others
     * retain: what is younger than a day is spared.
     *
     * @param keep the caller's decision; must hold what is deployed, what is last-good and what a rollback needs
     * @param dryRun whether only to say what would go
     * @return what went, or would go
     * @throws IOException when it could not be finished; what is left is whole. A manifest that cannot be read stops
     *     it before anything is removed.
     */
    Collected gc(Set<ReleaseId> keep, boolean dryRun) throws IOException;
}
