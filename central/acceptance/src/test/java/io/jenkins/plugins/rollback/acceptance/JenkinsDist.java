package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.AssumptionViolatedException;

/** A folder with {@code jenkins.war} and {@code plugins/*.jpi}, and the hpi under test. */
final class JenkinsDist {

    private final Path folder;

    private JenkinsDist(Path folder) {
        this.folder = folder;
    }

    /**
     * Finds the Jenkins to test with: {@code JENKINS_DIST}, else {@code ~/jenkins-dist}.
     *
     * @return the distribution
     * @throws AssumptionViolatedException when there is none; one line on standard output says so
     */
    static JenkinsDist require() {
        Path folder = Optional.ofNullable(System.getenv("JENKINS_DIST"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), "jenkins-dist"));
        if (!Files.isRegularFile(folder.resolve("jenkins.war")) || !Files.isDirectory(folder.resolve("plugins"))) {
            String message = "acceptance tests did not run: no jenkins.war and plugins/*.jpi in " + folder;
            System.out.println(message);
            throw new AssumptionViolatedException(message);
        }
        return new JenkinsDist(folder);
    }

    Path war() {
        return folder.resolve("jenkins.war");
    }

    /**
     * Puts the plugins and the hpi under test into a Jenkins home folder.
     *
     * @param home the folder, which may be missing
     * @throws IOException when a file cannot be copied, or the hpi was not built
     */
    void install(Path home) throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("plugins"))) {
            files = all.filter(path -> path.toString().endsWith(".jpi")).collect(Collectors.toList());
        }
        for (Path file : files) {
            Files.copy(file, plugins.resolve(file.getFileName()));
        }
        Files.copy(hpi(), plugins.resolve("release-rollback.jpi"));
    }

    /** @return the hpi of the Central build, or the one named by the system property {@code hpi} */
    private static Path hpi() {
        Path hpi = Path.of(System.getProperty("hpi", "../plugin/target/release-rollback.hpi"));
        if (!Files.isRegularFile(hpi)) {
            throw new IllegalStateException(hpi.toAbsolutePath().normalize() + " is missing; build it first");
        }
        return hpi;
    }
}
