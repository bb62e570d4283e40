package io.jenkins.plugins.rollback.api;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes the compile-only signatures of {@code central/jenkins-api}: reads the plugin's sources as the compiler
 * understands them against the real Jenkins, collects every type and member that they use and what those need to be
 * declared, and prints each type with bodies that throw. Needs no more than a JDK.
 *
 * <p>Run by {@code central/jenkins-api/generate}; {@code ApiSignatureTest} compares the outcome with the real classes.
 */
public final class ApiSignatureGenerator {

    private ApiSignatureGenerator() {}

    /**
     * Replaces everything below a folder by the signatures that the sources need.
     *
     * @param args the plugin's source folder, the folder to write, and the class path of the real Jenkins with the
     *     plugins it depends on
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: ApiSignatureGenerator SOURCES OUTPUT CLASSPATH");
            System.exit(2);
        }
        Path output = Path.of(args[1]);
        Map<String, String> files = generate(Path.of(args[0]), args[2]);
        deleteJava(output);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = output.resolve(file.getKey().replace('.', '/') + ".java");
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        System.out.println(files.size() + " signatures in " + output);
    }

    /**
     * Makes the signatures without writing them.
     *
     * @param sources the plugin's source folder
     * @param classPath the real Jenkins
     * @return qualified name of a top-level type to its source text
     * @throws IOException when a source cannot be read
     * @throws IllegalStateException when the sources do not compile against the class path
     */
    public static Map<String, String> generate(Path sources, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            List<JavaFileObject> units = new ArrayList<>(MessagesStub.of(sources.resolveSibling("resources")));
            manager.getJavaFileObjectsFromPaths(javaFiles(sources)).forEach(units::add);
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-implicit:none", "-Xlint:none", "-classpath", classPath);
            JavacTask task = (JavacTask) compiler.getTask(new StringWriter(), manager, problems, options, null, units);
            List<CompilationUnitTree> trees = new ArrayList<>();
            task.parse().forEach(trees::add);
            task.analyze();
            String errors = problems.getDiagnostics().stream()
                    .filter(each -> each.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                    .map(Object::toString)
                    .collect(Collectors.joining("\n"));
            if (!errors.isEmpty()) {
                throw new IllegalStateException("the sources do not compile against this class path:\n" + errors);
            }
            UsedApi used = new UsedApi(task.getElements(), task.getTypes());
            UsageScanner scanner = new UsageScanner(Trees.instance(task), task.getElements(), used);
            trees.forEach(tree -> scanner.scan(tree, null));
            used.close();
            Map<String, String> result = new TreeMap<>();
            for (TypeElement type : used.topLevelTypes()) {
                result.put(type.getQualifiedName().toString(), new SignatureWriter(used).file(type));
            }
            return result;
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static void deleteJava(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
