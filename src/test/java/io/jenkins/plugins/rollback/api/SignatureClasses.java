package io.jenkins.plugins.rollback.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;

/** The signatures of {@code central/jenkins-api} as class files, and the real classes beside them. */
final class SignatureClasses {

    private SignatureClasses() {}

    /**
     * Compiles the signatures. Where a type is among them it hides the real one of the class path.
     *
     * @param sources the folder of central/jenkins-api with the sources
     * @param output an empty folder for the class files
     * @return all classes, nested ones included
     * @throws IOException when a file cannot be read or written
     */
    static List<ClassNode> compile(Path sources, Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> files = Files.walk(sources)) {
            List<Path> all =
                    files.filter(path -> path.toString().endsWith(".java")).collect(Collectors.toList());
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-nowarn",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    output.toString());
            boolean compiled = compiler.getTask(
                            problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(all))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(problems.toString());
            }
        }
        List<ClassNode> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .collect(Collectors.toList())) {
                classes.add(read(Files.readAllBytes(file)));
            }
        }
        return classes;
    }

    /** @return the class that Jenkins really has; null when there is none of that name */
    static ClassNode real(String internalName) throws IOException {
        try (InputStream in = SignatureClasses.class.getClassLoader().getResourceAsStream(internalName + ".class")) {
            return in == null ? null : read(in.readAllBytes());
        }
    }

    /** @return a class file without its code */
    static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }

    /** @return the modifiers as declared; those of a nested class stand in its table of inner classes alone */
    static int access(ClassNode node) {
        return node.innerClasses.stream()
                .filter(inner -> inner.name.equals(node.name))
                .map((InnerClassNode inner) -> inner.access)
                .findFirst()
                .orElse(node.access);
    }

    /** @return whether a member was put there by the compiler: bridges, accessors, an enum's table */
    static boolean isSynthetic(int access) {
        return (access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) != 0;
    }
}
