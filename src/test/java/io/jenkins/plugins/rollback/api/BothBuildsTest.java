package io.jenkins.plugins.rollback.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;

/** The plugin that {@code pom.xml} makes and the one that {@code central/} makes are the same plugin. */
public class BothBuildsTest {

    private static final Path JENKINS = Path.of("target/classes");
    private static final Path CENTRAL = Path.of("central/plugin/target/classes");
    private static final Path CENTRAL_HPI = Path.of("central/plugin/target/release-rollback.hpi");

    @Before
    public void bothAreBuilt() {
        assumeTrue("central/ was not built", Files.isRegularFile(CENTRAL_HPI));
    }

    @Test
    public void refersToTheSameMembersOfJenkins() throws IOException {
        assertThat(PluginClasses.references(CENTRAL)).isEqualTo(PluginClasses.references(JENKINS));
    }

    @Test
    public void hasTheSameExtensionAndSymbolIndexes() throws IOException {
        assertThat(files(CENTRAL, "META-INF/")).isEqualTo(files(JENKINS, "META-INF/"));
    }

    /**
     * Stapler 1903 keeps one index file for methods of the same name and parameters in different classes and takes the
     * names from the class file for the others; Stapler 1.263 writes them all. So the Central build may have more.
     */
    @Test
    public void hasTheSameStaplerIndexes() throws IOException {
        Map<String, String> central = files(CENTRAL, "");
        Map<String, String> jenkins = files(JENKINS, "");
        central.keySet().removeIf(name -> !name.endsWith(".stapler"));
        jenkins.keySet().removeIf(name -> !name.endsWith(".stapler"));
        assertThat(central).containsAllEntriesOf(jenkins);
        central.keySet().removeAll(jenkins.keySet());
        assertThat(central.keySet()).allSatisfy(extra -> assertThat(jenkins.keySet())
                .anyMatch(name ->
                        Path.of(name).getFileName().equals(Path.of(extra).getFileName())));
    }

    @Test
    public void hasTheSameManifest() throws IOException {
        Attributes central = manifest(CENTRAL_HPI);
        Map<String, String> pom = new TreeMap<>();
        Files.readAllLines(Path.of("target/test-classes/the.hpl")).stream()
                .collect(Collectors.joining("\n"))
                .replace("\n ", "")
                .lines()
                .filter(line -> line.contains(": "))
                .forEach(line -> pom.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
        for (String name : new String[] {"Group-Id", "Short-Name", "Long-Name", "Jenkins-Version", "Hudson-Version"}) {
            assertThat(central.getValue(name)).as(name).isEqualTo(pom.get(name));
        }
        // a snapshot of the Jenkins build says by whom and when in brackets
        assertThat(central.getValue("Plugin-Version"))
                .isEqualTo(pom.get("Plugin-Version").split(" ")[0]);
        assertThat(sorted(central.getValue("Plugin-Dependencies"))).isEqualTo(sorted(pom.get("Plugin-Dependencies")));
    }

    /** The Jenkins build's manifest is not written yet when tests run, so its pom.xml is asked. */
    @Test
    public void loadsWithoutARestartInBothBuilds() throws IOException {
        assertThat(manifest(CENTRAL_HPI).getValue("Support-Dynamic-Loading")).isEqualTo("true");
        assertThat(manifest(CENTRAL_HPI).getValue("Minimum-Java-Version")).isEqualTo("17");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<Support-Dynamic-Loading>true</Support-Dynamic-Loading>");
    }

    @Test
    public void hasTheSameVersion() throws IOException {
        Matcher own = Pattern.compile("<artifactId>release-rollback</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        Matcher central = Pattern.compile("<artifactId>central</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("central/pom.xml")));
        assertThat(own.find()).isTrue();
        assertThat(central.find()).isTrue();
        assertThat(central.group(1)).isEqualTo(own.group(1));
    }

    private static String sorted(String dependencies) {
        return Arrays.stream(dependencies.split(",")).sorted().collect(Collectors.joining("\n"));
    }

    private static Attributes manifest(Path hpi) throws IOException {
        try (JarFile jar = new JarFile(hpi.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    /** Files below a prefix that are no classes, with their text; comments and empty lines of an index do not count. */
    private static Map<String, String> files(Path classes, String prefix) throws IOException {
        Map<String, String> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (name.startsWith(prefix) && !name.endsWith(".class")) {
                    String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                    result.put(
                            name,
                            text.lines()
                                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                                    .sorted()
                                    .collect(Collectors.joining("\n")));
                }
            }
        }
        return result;
    }
}
