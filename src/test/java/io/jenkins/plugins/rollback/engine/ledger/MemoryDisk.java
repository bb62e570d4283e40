package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a directory as they were, for reading: twenty thousand damaged copies cost no disk. */
final class MemoryDisk extends Disk {

    private final TreeMap<Path, byte[]> content;
    private final Set<Path> directories;

    private MemoryDisk(TreeMap<Path, byte[]> content, Set<Path> directories) {
        this.content = content;
        this.directories = directories;
    }

    static MemoryDisk of(Path directory) throws IOException {
        TreeMap<Path, byte[]> content = new TreeMap<>();
        Set<Path> directories = new HashSet<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file)) {
                    content.put(file, Files.readAllBytes(file));
                } else {
                    directories.add(file);
                }
            }
        }
        return new MemoryDisk(content, directories);
    }

    /** A copy in which a file has other content; {@code null}: is not there. */
    MemoryDisk with(Path file, byte[] other) {
        TreeMap<Path, byte[]> changed = new TreeMap<>(content);
        if (other == null) {
            changed.remove(file);
        } else {
            changed.put(file, other);
        }
        return new MemoryDisk(changed, directories);
    }

    List<Path> all() {
        return List.copyOf(content.keySet());
    }

    @Override
    boolean exists(Path file) {
        return content.containsKey(file) || directories.contains(file);
    }

    @Override
    boolean isReadable(Path file) {
        return content.containsKey(file);
    }

    @Override
    List<Path> files(Path directory) {
        return content.keySet().stream()
                .filter(file -> file.startsWith(directory) && !file.equals(directory))
                .toList();
    }

    @Override
    byte[] read(Path file) throws IOException {
        byte[] found = content.get(file);
        if (found == null) {
            throw new NoSuchFileException(file.toString());
        }
        return found.clone();
    }
}
