package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.Serializable;

/**
 * One file (or symbolic link) of a release. Serializable because it travels between an agent and the controller; the
 * checks below hold for what arrives, too.
 *
 * @param path relative, with {@code /}, never leaving the release's folder; checked by {@link Manifest}
 * @param size bytes, 0 to 2^53; 0 for a link
 * @param mode POSIX permission bits, 0 to 0777, for example {@code 0644}; {@link #LINK_MODE} for a link
 * @param sha256 lower-case hexadecimal hash of the contents; {@code null} for a link
 * @param link target of a symbolic link, {@code null} for a file
 */
public record FileEntry(String path, long size, int mode, String sha256, String link) implements Serializable {

    /** What a link says its mode is; links have none of their own. */
    public static final int LINK_MODE = 0777;

    /** Largest integer that every JSON reader keeps exactly. */
    private static final long LARGEST = 1L << 53;

    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException when the parts contradict each other or are out of range */
    public FileEntry {
        if (path == null) {
            throw new IllegalArgumentException("a file has no path");
        }
        if (link == null) {
            Sha256.require(sha256);
        } else if (sha256 != null || size != 0 || mode != LINK_MODE) {
            throw new IllegalArgumentException(Printable.of(path) + " is a link and has contents");
        }
        if (size < 0 || size > LARGEST) {
            throw new IllegalArgumentException(Printable.of(path) + " has an impossible size: " + size);
        }
        if ((mode & ~0777) != 0) {
            throw new IllegalArgumentException(
                    Printable.of(path) + " has an impossible mode: " + Integer.toOctalString(mode));
        }
    }

    /** A symbolic link. */
    public static FileEntry link(String path, String target) {
        return new FileEntry(path, 0, LINK_MODE, null, target);
    }

    /** Whether this is a symbolic link. */
    public boolean isLink() {
        return link != null;
    }
}
