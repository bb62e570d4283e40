package io.jenkins.plugins.rollback.api;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Stands for a {@code Messages} class that the localizer writes during the build: same names, any arguments. */
final class MessagesStub extends SimpleJavaFileObject {

    private final String text;

    private MessagesStub(String type, String text) {
        super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
        this.text = text;
    }

    /**
     * @param resources a resource folder; one that does not exist has no messages
     * @return a stub for each {@code Messages.properties} below it
     * @throws IOException when a file cannot be read
     */
    static List<JavaFileObject> of(Path resources) throws IOException {
        List<JavaFileObject> stubs = new ArrayList<>();
        if (!Files.isDirectory(resources)) {
            return stubs;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(resources)) {
            files = all.filter(path -> path.endsWith("Messages.properties"))
                    .sorted()
                    .collect(Collectors.toList());
        }
        for (Path file : files) {
            String name = resources
                    .relativize(file.getParent())
                    .toString()
                    .replace('/', '.')
                    .replace('\\', '.');
            stubs.add(new MessagesStub(name + ".Messages", text(name, file)));
        }
        return stubs;
    }

    private static String text(String packageName, Path file) throws IOException {
        Properties messages = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            messages.load(reader);
        }
        StringBuilder text = new StringBuilder("package " + packageName + "; "
                + "@org.kohsuke.accmod.Restricted(org.kohsuke.accmod.restrictions.NoExternalUse.class) "
                + "public class Messages {");
        for (String key : messages.stringPropertyNames()) {
            String method = key.replaceAll("[^A-Za-z0-9_]", "_");
            text.append("public static String ").append(method).append("(Object... a) { return null; }\n");
            text.append("public static org.jvnet.localizer.Localizable _")
                    .append(method)
                    .append("(Object... a) { return null; }\n");
        }
        return text.append('}').toString();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
