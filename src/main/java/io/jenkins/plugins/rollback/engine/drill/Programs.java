package io.jenkins.plugins.rollback.engine.drill;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs of real systems. */
public final class Programs {

    private Programs() {}

    /** Where a program is: on the PATH, or where servers live and users often do not look. */
    public static Optional<Path> find(String name) {
        String path = System.getenv("PATH") == null ? "" : System.getenv("PATH");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws IOException naming the program and how to get it */
    static String require(String name) throws IOException {
        return find(name)
                .orElseThrow(() ->
                        new IOException("there is no program '" + name + "' (on Debian: apt-get install " + name + ")"))
                .toString();
    }
}
