package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Where things lie in a vault's folder; described for other programs in {@code docs/reference/vault-format.md}. */
final class VaultLayout {

    /** Contents whole, each in a file of its own; and since version 2 also taken apart into packs. */
    private static final List<String> FORMATS = List.of("release-rollback vault 1\n", "release-rollback vault 2\n");

    private static final String FORMAT = FORMATS.get(1);
    private static final String JSON = ".json";

    private final Path root;

    private VaultLayout(Path root) {
        this.root = root;
    }

    /**
     * Opens or creates the folder.
     *
     * @throws IOException when it holds something else, or a vault of a newer format
     */
    static VaultLayout open(Path folder) throws IOException {
        Durable.createFolders(folder);
        VaultLayout layout = new VaultLayout(folder.toRealPath());
        Path marker = layout.root.resolve("format");
        if (!Files.exists(marker)) {
            refuseStrangers(folder, layout.root, marker);
            layout.mark();
        }
        String format = Files.readString(marker, StandardCharsets.ISO_8859_1);
        if (!FORMATS.contains(format)) {
            throw new IOException("'" + folder + "' is not a vault that this version can read: its file 'format' says '"
                    + Printable.of(format.strip()) + "', expected '" + FORMAT.strip() + "'");
        }
        for (Path part :
                List.of(layout.blobs(), layout.recipes(), layout.packs(), layout.releases(), layout.temporary())) {
            Durable.createFolders(part);
        }
        if (!format.equals(FORMAT)) {
            layout.mark(); // from now on an older version would not find everything
        }
        return layout;
    }

    private void mark() throws IOException {
        Durable.write(
                root.resolve("format"),
                FORMAT.getBytes(StandardCharsets.US_ASCII),
                root.resolve("format-" + UUID.randomUUID() + ".new"));
    }

    private static void refuseStrangers(Path given, Path root, Path marker) throws IOException {
        for (Path stranger : list(root)) {
            String name = stranger.getFileName().toString();
            // the marker is written first: if it is there by now, another process is creating this very vault
            if (!name.startsWith("format") && !Files.exists(marker)) {
                throw new IOException(
                        "'" + given + "' is not a vault: it is not empty and has no file 'format' (found '"
                                + Printable.of(name) + "')");
            }
        }
    }

    Path root() {
        return root;
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path recipes() {
        return root.resolve("recipes");
    }

    Path packs() {
        return root.resolve("packs");
    }

    /** What is known of members of archives; no part of the format, and made when it is needed. */
    Path proven() {
        return root.resolve("proven");
    }

    Path releases() {
        return root.resolve("releases");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path lock() {
        return root.resolve("lock");
    }

    /** A name that nobody else uses, on the file system of the vault. */
    Path newTemporary() {
        return temporary().resolve(UUID.randomUUID() + ".tmp");
    }

    /** @throws IllegalArgumentException when it is not a hash: nothing else may become a file name */
    Path blob(String sha256) {
        return below(blobs(), sha256);
    }

    /** Where it says how a content is put together again, when that is not kept whole. */
    Path recipe(String sha256) {
        return below(recipes(), sha256);
    }

    /** @param id 32 hexadecimal digits */
    Path pack(String id) {
        return packs().resolve(id + ".pack");
    }

    private static Path below(Path folder, String sha256) {
        Sha256.require(sha256);
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    Path manifest(ReleaseId id) {
        return releases().resolve(id.service()).resolve(id.version() + JSON);
    }

    /** All contents that are kept whole, by hash. */
    List<Path> allBlobs() throws IOException {
        return allBelow(blobs());
    }

    /** All contents that are taken apart, by hash. */
    List<Path> allRecipes() throws IOException {
        return allBelow(recipes());
    }

    private static List<Path> allBelow(Path parts) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path folder : list(parts)) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                all.addAll(list(folder));
            }
        }
        return all;
    }

    /** All visible releases, by service and version. */
    List<ReleaseId> allReleases() throws IOException {
        List<ReleaseId> all = new ArrayList<>();
        for (Path service : list(releases())) {
            String name = service.getFileName().toString();
            if (Names.isValid(name) && Files.isDirectory(service, LinkOption.NOFOLLOW_LINKS)) {
                all.addAll(releasesOf(name));
            }
        }
        Collections.sort(all);
        return all;
    }

    List<ReleaseId> releasesOf(String service) throws IOException {
        Path folder = releases().resolve(Names.require("service", service));
        List<ReleaseId> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                String version = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : "";
                if (Names.isValid(version)) {
                    all.add(new ReleaseId(service, version));
                }
            }
        }
        return all;
    }

    static List<Path> list(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(all);
        return all;
    }
}
