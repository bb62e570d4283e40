package io.jenkins.plugins.rollback.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Compares every type and member of {@code central/jenkins-api} with the real Jenkins, class file against class file.
 * Runs in the Jenkins build alone: nothing else has the real classes.
 */
public class ApiSignatureTest {

    private static final Path SIGNATURES = Path.of("central/jenkins-api/src/main/java");

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static List<ClassNode> signatures;

    @BeforeClass
    public static void compile() throws IOException {
        signatures = SignatureClasses.compile(SIGNATURES, FOLDER.newFolder().toPath());
        assertThat(signatures).hasSizeGreaterThan(50);
    }

    @Test
    public void declaresTypesAsTheyAre() throws IOException {
        Map<String, String> declared = new TreeMap<>();
        Map<String, String> real = new TreeMap<>();
        for (ClassNode signature : signatures) {
            ClassNode original = SignatureClasses.real(signature.name);
            declared.put(signature.name, ClassText.type(signature, SignatureClasses.access(signature)));
            real.put(
                    signature.name,
                    original == null ? "no such type" : ClassText.type(original, SignatureClasses.access(original)));
        }
        assertThat(declared).isEqualTo(real);
    }

    @Test
    public void declaresFieldsAsTheyAre() throws IOException {
        Map<String, String> declared = new TreeMap<>();
        Map<String, String> real = new TreeMap<>();
        for (ClassNode signature : signatures) {
            Map<String, String> fields = new LinkedHashMap<>();
            ClassNode original = SignatureClasses.real(signature.name);
            original.fields.forEach(each -> fields.put(each.name, ClassText.field(each)));
            for (FieldNode field : signature.fields) {
                if (!SignatureClasses.isSynthetic(field.access)) {
                    declared.put(signature.name + "." + field.name, ClassText.field(field));
                    real.put(signature.name + "." + field.name, fields.getOrDefault(field.name, "no such field"));
                }
            }
        }
        assertThat(declared).isEqualTo(real);
    }

    @Test
    public void declaresMethodsAsTheyAre() throws IOException {
        Map<String, String> declared = new TreeMap<>();
        Map<String, String> real = new TreeMap<>();
        for (ClassNode signature : signatures) {
            Map<String, String> methods = new LinkedHashMap<>();
            ClassNode original = SignatureClasses.real(signature.name);
            original.methods.forEach(each -> methods.put(each.name + each.desc, ClassText.method(each)));
            boolean isEnum = (signature.access & Opcodes.ACC_ENUM) != 0;
            for (MethodNode method : signature.methods) {
                // an enum's constructors are private, and its constants do not pass on what they take
                boolean ofEnum = isEnum && method.name.equals("<init>");
                if (!SignatureClasses.isSynthetic(method.access) && !method.name.equals("<clinit>") && !ofEnum) {
                    String key = method.name + method.desc;
                    declared.put(signature.name + "." + key, ClassText.method(method));
                    real.put(signature.name + "." + key, methods.getOrDefault(key, "no such method"));
                }
            }
        }
        assertThat(declared).isEqualTo(real);
    }

    /** What is abstract in a type that the plugin extends must be declared, or the plugin might forget it. */
    @Test
    public void declaresAllThatIsAbstractInTypesThatThePluginExtends() throws IOException {
        Map<String, ClassNode> byName = new TreeMap<>();
        signatures.forEach(each -> byName.put(each.name, each));
        List<String> missing = new ArrayList<>();
        for (String extended : PluginClasses.extendedTypes(Path.of("target/classes"))) {
            ClassNode signature = byName.get(extended);
            ClassNode original = SignatureClasses.real(extended);
            if (signature == null) {
                missing.add(extended);
                continue;
            }
            for (MethodNode method : original.methods) {
                boolean isAbstract = (method.access & Opcodes.ACC_ABSTRACT) != 0;
                if (isAbstract
                        && !SignatureClasses.isSynthetic(method.access)
                        && signature.methods.stream()
                                .noneMatch(each -> each.name.equals(method.name) && each.desc.equals(method.desc))) {
                    missing.add(extended + "." + method.name + method.desc);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Nothing is declared that the sources do not need: generating again changes no file. */
    @Test
    public void isUpToDate() throws IOException {
        Map<String, String> fresh =
                ApiSignatureGenerator.generate(Path.of("src/main/java"), System.getProperty("java.class.path"));
        assertThat(SignatureFiles.read(SIGNATURES)).isEqualTo(fresh);
    }
}
