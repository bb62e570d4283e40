package io.jenkins.plugins.rollback.engine.vault;

/**
 * One file (or symbolic link) of a release.
 *
 * @param path relative, with {@code /}, never leaving the release's folder; checked by {@link Manifest}
 * @param size bytes; 0 for a link
 * @param mode POSIX permission bits, for example {@code 0644}
 * @param sha256 lower-case hexadecimal hash of the contents; {@code null} for a link
 * @param link target of a symbolic link, {@code null} for a file
 */
public record FileEntry(String path, long size, int mode, String sha256, String link) {

    public boolean isLink() {
        return link != null;
    }
}
