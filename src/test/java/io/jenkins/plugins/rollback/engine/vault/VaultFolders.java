package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** Folders to retain, for tests. */
final class VaultFolders {

    private VaultFolders() {}

    /** A release with modes, links, odd names, an empty and a larger file; its contents depend on the seed. */
    static Path fill(Path root, long seed) throws IOException {
        Random random = new Random(seed);
        byte[] large = new byte[700_000 + random.nextInt(100_000)];
        random.nextBytes(large);
        write(root.resolve("target/app.jar"), large);
        write(root.resolve("target/empty"), new byte[0]);
        write(root.resolve("deploy/deploy.sh"), ("#!/bin/sh\necho " + seed + "\n").getBytes());
        write(root.resolve("deploy/sub folder/Größe ☃.txt"), "same in every release".getBytes());
        write(root.resolve("deploy/copy.jar"), large);
        Files.setPosixFilePermissions(root.resolve("deploy/deploy.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(root.resolve("target/empty"), PosixFilePermissions.fromString("r--r-----"));
        Files.createSymbolicLink(root.resolve("deploy/current"), Path.of("../target/app.jar"));
        Files.createSymbolicLink(root.resolve("deploy/all"), Path.of("../target"));
        return root;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
