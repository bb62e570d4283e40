package io.jenkins.plugins.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** The hpi may bundle only what neither Jenkins' core nor a plugin that we depend on carries. */
public class HpiContentsTest {

    /** Groups of libraries that core 2.479.3 or one of our plugin dependencies brings. */
    private static final List<String> BROUGHT_BY_OTHERS = List.of(
            "org.slf4j",
            "com.fasterxml.jackson",
            "org.yaml",
            "commons-io",
            "commons-codec",
            "commons-logging",
            "commons-lang",
            "org.apache.commons",
            "com.google.guava",
            "com.squareup.okhttp3",
            "com.squareup.okio",
            "com.jayway.jsonpath",
            "net.minidev",
            "net.bytebuddy",
            "org.ow2.asm",
            "com.jcraft",
            "jakarta.servlet",
            "org.springframework");

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    @Test
    public void bundlesNothingThatOthersBring() throws IOException {
        Matcher dependency = DEPENDENCY.matcher(Files.readString(pluginPom()));
        int seen = 0;
        while (dependency.find()) {
            seen++;
            boolean bundled = !dependency.group(3).contains("<scope>");
            assertThat(bundled && BROUGHT_BY_OTHERS.stream().anyMatch(dependency.group(1)::startsWith))
                    .as(dependency.group(1) + ":" + dependency.group(2) + " would be bundled")
                    .isFalse();
        }
        assertThat(seen).isPositive();
    }

    /** The libraries as the last packaging put them there, whatever the pom says. */
    @Test
    public void containsNoLibraryOfOthers() throws IOException {
        Path libraries = pluginPom().resolveSibling("target/hpi/WEB-INF/lib");
        if (!Files.isDirectory(libraries)) {
            return; // not packaged yet: then there is nothing that could be wrong
        }
        try (var files = Files.list(libraries)) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).collect(Collectors.toList());
            assertThat(names)
                    .noneMatch(
                            name -> name.matches(
                                    "(slf4j|jackson|snakeyaml|commons-|okhttp|okio|json-path|kotlin|guava"
                                            + "|spring|byte-buddy|asm|jzlib|jakarta|jenkins-api|stapler|annotation-indexer|sezpoz).*"));
        }
    }

    private static Path pluginPom() {
        Path here = Path.of("pom.xml");
        return Files.isDirectory(Path.of("central")) ? Path.of("central/plugin/pom.xml") : here;
    }
}
