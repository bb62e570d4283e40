package io.jenkins.plugins.rollback.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** What the plugin's own class files say about Jenkins. */
final class PluginClasses {

    private PluginClasses() {}

    /** @return the Jenkins types that a class of the plugin extends or implements, with their Jenkins supertypes */
    static Set<String> extendedTypes(Path classes) throws IOException {
        Set<String> result = new LinkedHashSet<>();
        for (byte[] bytes : files(classes).values()) {
            ClassNode node = SignatureClasses.read(bytes);
            addAll(result, node);
        }
        return result;
    }

    private static void addAll(Set<String> result, ClassNode node) throws IOException {
        for (String parent : Stream.concat(Stream.ofNullable(node.superName), node.interfaces.stream())
                .collect(Collectors.toList())) {
            if (JenkinsNames.isJenkins(parent.replace('/', '.')) && result.add(parent)) {
                addAll(result, SignatureClasses.real(parent));
            }
        }
    }

    /**
     * @param classes a folder of class files
     * @return for each class the Jenkins types it refers to, and the members with their descriptors
     * @throws IOException when a file cannot be read
     */
    static Map<String, Set<String>> references(Path classes) throws IOException {
        Map<String, Set<String>> result = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files(classes).entrySet()) {
            Set<String> found = new TreeSet<>();
            ClassReader reader = new ClassReader(file.getValue());
            reader.accept(new ClassRemapper(new ClassWriter(0), new Listener(found)), ClassReader.SKIP_DEBUG);
            result.put(file.getKey(), found);
        }
        return result;
    }

    /** A remapper is asked about every name in a class file; this one only listens. */
    private static final class Listener extends Remapper {

        private final Set<String> found;

        Listener(Set<String> found) {
            this.found = found;
        }

        @Override
        public String map(String internalName) {
            note(internalName, "");
            return internalName;
        }

        @Override
        public String mapMethodName(String owner, String name, String descriptor) {
            note(owner, "." + name + descriptor);
            return name;
        }

        @Override
        public String mapFieldName(String owner, String name, String descriptor) {
            note(owner, "." + name + ":" + descriptor);
            return name;
        }

        private void note(String owner, String member) {
            if (JenkinsNames.isJenkins(owner.replace('/', '.'))) {
                found.add(owner + member);
            }
        }
    }

    private static Map<String, byte[]> files(Path classes) throws IOException {
        Map<String, byte[]> result = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(path -> path.toString().endsWith(".class")).collect(Collectors.toList());
            for (Path file : all) {
                result.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return result;
    }
}
