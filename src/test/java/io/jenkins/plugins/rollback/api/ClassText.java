package io.jenkins.plugins.rollback.api;

import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Everything about a class file that whoever compiles against it can tell, as text that two class files can share. */
final class ClassText {

    /** Neither is visible to a caller: locking, native code, and what the compiler marks for itself. */
    private static final int INVISIBLE = Opcodes.ACC_SYNCHRONIZED
            | Opcodes.ACC_NATIVE
            | Opcodes.ACC_STRICT
            | Opcodes.ACC_SUPER
            | Opcodes.ACC_DEPRECATED;

    private ClassText() {}

    /** @return the declaration of the type: modifiers, generics, supertypes, annotations */
    static String type(ClassNode node, int access) {
        int shown = access & ~INVISIBLE;
        if ((access & Opcodes.ACC_ENUM) != 0) {
            // whether an enum is abstract follows from the bodies of its constants
            shown &= ~Opcodes.ACC_ABSTRACT;
        }
        return String.format(
                "access=%x generics=%s extends=%s implements=%s annotations=%s",
                shown,
                node.signature,
                node.superName,
                node.interfaces,
                annotations(node.visibleAnnotations, node.invisibleAnnotations));
    }

    /** @return a field with its constant value */
    static String field(FieldNode field) {
        int shown = field.access & ~(INVISIBLE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_VOLATILE);
        return String.format(
                "access=%x type=%s generics=%s constant=%s annotations=%s",
                shown,
                field.desc,
                field.signature,
                field.value instanceof String ? "\"" + field.value + "\"" : String.valueOf(field.value),
                annotations(field.visibleAnnotations, field.invisibleAnnotations));
    }

    /** @return a method or constructor with its generics, exceptions, annotations and annotation default */
    static String method(MethodNode method) {
        return String.format(
                "access=%x generics=%s throws=%s default=%s annotations=%s parameters=%s",
                method.access & ~INVISIBLE,
                method.signature,
                new TreeSet<>(method.exceptions),
                value(method.annotationDefault),
                annotations(method.visibleAnnotations, method.invisibleAnnotations),
                parameters(method));
    }

    private static String parameters(MethodNode method) {
        List<String> result = new ArrayList<>();
        int count = Type.getArgumentTypes(method.desc).length;
        for (int i = 0; i < count; i++) {
            result.add(annotations(
                    at(method.visibleParameterAnnotations, i), at(method.invisibleParameterAnnotations, i)));
        }
        return result.toString();
    }

    private static List<AnnotationNode> at(List<AnnotationNode>[] annotations, int index) {
        return annotations == null || index >= annotations.length ? List.of() : annotations[index];
    }

    /** Visible ones have RUNTIME retention, the others CLASS: the difference is part of what is compared. */
    private static String annotations(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        TreeSet<String> result = new TreeSet<>();
        add(result, visible, RetentionPolicy.RUNTIME);
        add(result, invisible, RetentionPolicy.CLASS);
        return result.toString();
    }

    private static void add(TreeSet<String> result, List<AnnotationNode> annotations, RetentionPolicy retention) {
        for (AnnotationNode annotation : annotations == null ? Collections.<AnnotationNode>emptyList() : annotations) {
            if (JenkinsNames.isKeptAnnotation(Type.getType(annotation.desc).getClassName())) {
                result.add(retention.name().toLowerCase(Locale.ROOT) + " " + value(annotation));
            }
        }
    }

    private static String value(Object value) {
        if (value instanceof AnnotationNode) {
            AnnotationNode annotation = (AnnotationNode) value;
            TreeSet<String> values = new TreeSet<>();
            for (int i = 0; annotation.values != null && i < annotation.values.size(); i += 2) {
                values.add(annotation.values.get(i) + "=" + value(annotation.values.get(i + 1)));
            }
            return "@" + annotation.desc + values;
        }
        if (value instanceof String[]) {
            return String.join(".", (String[]) value);
        }
        if (value instanceof List) {
            List<String> values = new ArrayList<>();
            ((List<?>) value).forEach(each -> values.add(value(each)));
            return values.toString();
        }
        return String.valueOf(value);
    }
}
