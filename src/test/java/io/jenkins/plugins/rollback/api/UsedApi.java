package io.jenkins.plugins.rollback.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The Jenkins types and members that are used, and, after {@link #close}, everything that these need to be declared:
 * supertypes, the types in a signature, annotations, a constructor for each class, implementations of what is abstract.
 */
final class UsedApi {

    private final Elements elements;
    private final Types types;
    private final Set<TypeElement> used = new LinkedHashSet<>();
    private final Set<Element> members = new LinkedHashSet<>();
    private final Set<TypeElement> extended = new LinkedHashSet<>();
    private final Deque<TypeElement> open = new ArrayDeque<>();

    UsedApi(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Takes an element in when it is Jenkins' own; anything else (a package, a local variable) is ignored. */
    void use(Element element) {
        if (element instanceof TypeElement) {
            useType((TypeElement) element);
        } else if (element.getEnclosingElement() instanceof TypeElement
                && (element instanceof ExecutableElement || element instanceof VariableElement)) {
            TypeElement owner = (TypeElement) element.getEnclosingElement();
            if (isJenkins(owner) && members.add(element)) {
                useType(owner);
                TypesIn.member(element).forEach(this::useType);
                useAnnotations(element);
            }
        }
    }

    /** Takes a type in that the sources extend, implement or make by a lambda: whatever is abstract in it is needed. */
    void extend(TypeElement type) {
        List<TypeElement> all = new ArrayList<>(supertypes(type));
        all.add(type);
        for (TypeElement each : all) {
            if (isJenkins(each) && extended.add(each)) {
                useType(each);
                ElementFilter.methodsIn(each.getEnclosedElements()).stream()
                        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                        .forEach(this::use);
            }
        }
    }

    /** @return all superclasses and interfaces of a type, itself not included */
    Set<TypeElement> supertypes(TypeElement type) {
        Set<TypeElement> result = new LinkedHashSet<>();
        Deque<TypeMirror> todo = new ArrayDeque<>(types.directSupertypes(type.asType()));
        while (!todo.isEmpty()) {
            TypeMirror next = todo.pop();
            if (next.getKind() == TypeKind.DECLARED && result.add((TypeElement) ((DeclaredType) next).asElement())) {
                todo.addAll(types.directSupertypes(next));
            }
        }
        return result;
    }

    /** Adds what the elements so far need, until nothing is missing. */
    void close() {
        int before;
        do {
            before = members.size() + used.size();
            while (!open.isEmpty()) {
                expand(open.pop());
            }
            new ArrayList<>(used).forEach(this::implement);
        } while (before != members.size() + used.size() || !open.isEmpty());
    }

    private void useType(TypeElement type) {
        if (isJenkins(type) && used.add(type)) {
            open.push(type);
        }
    }

    private void expand(TypeElement type) {
        if (type.getEnclosingElement() instanceof TypeElement) {
            useType((TypeElement) type.getEnclosingElement());
        }
        TypesIn.header(type).forEach(this::useType);
        useAnnotations(type);
        if (type.getKind() == ElementKind.ANNOTATION_TYPE) {
            ElementFilter.methodsIn(type.getEnclosedElements()).forEach(this::use);
        } else if (type.getKind() == ElementKind.ENUM) {
            type.getEnclosedElements().stream()
                    .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                    .forEach(this::use);
        } else if (type.getKind() == ElementKind.CLASS) {
            Constructors.simplest(type).ifPresent(this::use);
        }
        if (type.getAnnotation(FunctionalInterface.class) != null) {
            extend(type);
        }
    }

    private void useAnnotations(Element element) {
        List<AnnotationMirror> all = new ArrayList<>(element.getAnnotationMirrors());
        if (element instanceof ExecutableElement) {
            ((ExecutableElement) element).getParameters().forEach(each -> all.addAll(each.getAnnotationMirrors()));
        }
        for (AnnotationMirror annotation : all) {
            if (isKept(annotation)) {
                TypesIn.annotation(annotation).forEach(this::useType);
            }
        }
    }

    /** A class that is no longer abstract must implement what its supertypes declare, ours or the JDK's. */
    private void implement(TypeElement type) {
        boolean concrete = type.getKind() == ElementKind.ENUM
                || type.getKind() == ElementKind.CLASS && !type.getModifiers().contains(Modifier.ABSTRACT);
        if (!concrete && !(extended.contains(type) && type.getKind() == ElementKind.CLASS)) {
            return;
        }
        Collection<ExecutableElement> all = ElementFilter.methodsIn(elements.getAllMembers(type));
        for (TypeElement parent : supertypes(type)) {
            for (ExecutableElement method : ElementFilter.methodsIn(parent.getEnclosedElements())) {
                boolean declared = !isJenkins(parent) || members.contains(method);
                if (declared && method.getModifiers().contains(Modifier.ABSTRACT)) {
                    all.stream()
                            .filter(each -> !each.getModifiers().contains(Modifier.ABSTRACT)
                                    && elements.overrides(each, method, type))
                            .forEach(this::use);
                }
            }
        }
    }

    /** @return whether the annotation is part of a signature; one whose type is not on the class path is not */
    boolean isKept(AnnotationMirror annotation) {
        return annotation.getAnnotationType().getKind() == TypeKind.DECLARED
                && JenkinsNames.isKeptAnnotation(annotation.getAnnotationType().toString());
    }

    /** @return the types that get a file of their own */
    List<TypeElement> topLevelTypes() {
        return used.stream()
                .filter(type -> !(type.getEnclosingElement() instanceof TypeElement))
                .collect(Collectors.toList());
    }

    /** @return whether the element is to be declared */
    boolean contains(Element element) {
        return element instanceof TypeElement ? used.contains(element) : members.contains(element);
    }

    Types types() {
        return types;
    }

    Elements elements() {
        return elements;
    }

    private boolean isJenkins(TypeElement type) {
        return JenkinsNames.isJenkins(elements.getBinaryName(type).toString());
    }

    /** @return the bounds of a type parameter, {@code Object} left out */
    static List<? extends TypeMirror> bounds(TypeParameterElement parameter) {
        return parameter.getBounds().stream()
                .filter(bound -> !bound.toString().equals("java.lang.Object"))
                .collect(Collectors.toList());
    }
}
