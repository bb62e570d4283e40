package io.jenkins.plugins.rollback.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The signature sources as they lie in the checkout. */
final class SignatureFiles {

    private SignatureFiles() {}

    /** @return qualified name of a top-level type to its source text */
    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                String name =
                        folder.relativize(file).toString().replace('/', '.').replace('\\', '.');
                result.put(name.replaceFirst("\\.java$", ""), Files.readString(file));
            }
        }
        return result;
    }
}
