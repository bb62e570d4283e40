package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Retains files of this machine into a vault that is at hand: what drills, the command line and builds on the
 * controller do. Retaining the same again is harmless and stores nothing.
 */
public final class LocalRetainer {

    private final Vault vault;
    private final Progress progress;

    public LocalRetainer(Vault vault) {
        this(vault, Progress.NONE);
    }

    /** @param progress hears how many of the bytes have been hashed; storing them is not counted again */
    public LocalRetainer(Vault vault, Progress progress) {
        this.vault = vault;
        this.progress = progress;
    }

    /**
     * Retains the files of a folder that match.
     *
     * @param patterns Ant patterns relative to {@code root}, separated by commas
     * @param snapshot a YAML file relative to {@code root} (no pattern), or {@code null}
     * @throws ReleaseExistsException when the release exists with other contents
     * @throws IOException naming the file or pattern; nothing of the release is visible
     */
    public Retained retain(ReleaseId id, Path root, String patterns, String snapshot) throws IOException {
        Path folder = root.toAbsolutePath();
        List<FileEntry> files = ReleaseScanner.scan(folder, patterns, progress);
        Map<String, Path> sources = new HashMap<>();
        for (FileEntry file : files) {
            sources.put(file.path(), folder.resolve(file.path()));
        }
        if (snapshot == null) {
            return store(new Manifest(id, files), sources, 0);
        }
        FileEntry entry = ReleaseScanner.scanSnapshot(folder, snapshot);
        long stored = store(entry, folder.resolve(entry.path()));
        return store(new Manifest(id, files, entry), sources, stored);
    }

    /**
     * Retains files and folders from anywhere, each under its own name.
     *
     * @throws IOException also when two of them have the same name
     */
    public Retained retain(ReleaseId id, List<Path> filesAndFolders) throws IOException {
        List<FileEntry> files = new ArrayList<>();
        Map<String, Path> sources = new HashMap<>();
        for (Path given : filesAndFolders) {
            Path parent = given.toAbsolutePath().normalize().getParent();
            for (FileEntry file : ReleaseScanner.scanAll(given, progress)) {
                if (sources.put(file.path(), parent.resolve(file.path())) != null) {
                    throw new IOException("two files of the release would be named '" + file.path() + "'");
                }
                files.add(file);
            }
        }
        try {
            return store(new Manifest(id, files), sources, 0);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Retained store(Manifest manifest, Map<String, Path> sources, long before) throws IOException {
        boolean known = vault.manifest(manifest.id()).isPresent();
        Set<String> missing = vault.missing(manifest.contents());
        long stored = before;
        for (FileEntry file : manifest.files()) {
            if (!file.isLink() && missing.remove(file.sha256())) {
                stored += store(file, sources.get(file.path()));
            }
        }
        vault.commit(manifest);
        return new Retained(manifest, stored + (known ? 0 : manifest.toBytes().length));
    }

    private long store(FileEntry file, Path source) throws IOException {
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS)) {
            return vault.put(file.sha256(), in);
        } catch (HashMismatchException e) {
            throw FileReader.changed(file.path());
        }
    }
}
