package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds the files of a release below a folder and hashes them. Runs where the files are. */
public final class ReleaseScanner {

    private ReleaseScanner() {}

    /**
     * Lists and hashes the files that match.
     *
     * @param root a folder, for example the workspace
     * @param patterns Ant patterns relative to it, separated by commas: {@code target/*.jar, deploy/**}
     * @return files and links in the order of their paths
     * @throws IOException naming the pattern that matches nothing, the file that cannot be read or changed while it was
     *     read, the pattern or link that leaves the folder, the device file
     */
    public static List<FileEntry> scan(Path root, String patterns) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }
}
